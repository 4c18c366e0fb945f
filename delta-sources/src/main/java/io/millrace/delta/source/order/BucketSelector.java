package io.millrace.delta.source.order;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.ReadSpecHandle;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.util.MathUtils;

/**
 * Routes a row to one of as many buckets as there are key groups: few keys, so that a version is a
 * handful of lists, and every one of them can move when the job is rescaled.
 *
 * <p>A row is routed by the hash of its key, or of all columns read where there is no key.
 */
public final class BucketSelector implements KeySelector<RowData, Integer> {

    private static final long serialVersionUID = 1L;

    private final ReadSpecHandle handle;
    private final int maxParallelism;

    private transient Router router;

    public BucketSelector(ReadSpecHandle handle, int maxParallelism) {
        this.handle = requireNonNull(handle, "handle is null");
        this.maxParallelism = maxParallelism;
    }

    @Override
    public Integer getKey(RowData row) {
        if (router == null) {
            router = new Router(handle.spec(), maxParallelism);
        }
        return router.bucket(row);
    }

    /** For each key group the smallest non-negative integer that Flink assigns to it. */
    static List<Integer> buckets(int maxParallelism) {
        Integer[] buckets = new Integer[maxParallelism];
        int missing = maxParallelism;
        for (int candidate = 0; missing > 0; candidate++) {
            int group = KeyGroupRangeAssignment.assignToKeyGroup(candidate, maxParallelism);
            if (buckets[group] == null) {
                buckets[group] = candidate;
                missing--;
            }
        }
        return List.of(buckets);
    }

    private static final class Router {

        private final List<Integer> buckets;
        private final List<RowData.FieldGetter> fields = new ArrayList<>();
        private final GenericRowData key;
        private final RowDataSerializer serializer;

        Router(ReadSpec spec, int maxParallelism) {
            buckets = buckets(maxParallelism);
            List<LogicalType> types = new ArrayList<>();
            for (String column : spec.key().isEmpty() ? spec.columns() : spec.key()) {
                int position = spec.rowType().getFieldIndex(column);
                LogicalType type = spec.rowType().getTypeAt(position);
                types.add(type);
                fields.add(RowData.createFieldGetter(type, position));
            }
            // A row kind of its own: all changes of a key go one way.
            key = new GenericRowData(fields.size());
            serializer = new RowDataSerializer(types.toArray(LogicalType[]::new));
        }

        Integer bucket(RowData row) {
            for (int i = 0; i < fields.size(); i++) {
                key.setField(i, fields.get(i).getFieldOrNull(row));
            }
            int hash = serializer.toBinaryRow(key).hashCode();
            return buckets.get(MathUtils.murmurHash(hash) % buckets.size());
        }
    }
}
