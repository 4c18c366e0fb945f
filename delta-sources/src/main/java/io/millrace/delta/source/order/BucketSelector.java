package io.millrace.delta.source.order;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.row.BinaryFields;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.ReadSpecHandle;
import java.util.List;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
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
        private final RowDataSerializer rows;

        /** Without the row kind: all changes of a key go one way. */
        private final BinaryFields key;

        Router(ReadSpec spec, int maxParallelism) {
            buckets = buckets(maxParallelism);
            rows = new RowDataSerializer(spec.sequencedType());
            List<String> columns = spec.key().isEmpty() ? spec.columns() : spec.key();
            key =
                    new BinaryFields(
                            spec.sequencedType().getChildren(),
                            columns.stream()
                                    .map(name -> new int[] {spec.rowType().getFieldIndex(name)})
                                    .toList());
        }

        Integer bucket(RowData row) {
            int hash = key.hash(rows.toBinaryRow(row));
            return buckets.get(MathUtils.murmurHash(hash) % buckets.size());
        }
    }
}
