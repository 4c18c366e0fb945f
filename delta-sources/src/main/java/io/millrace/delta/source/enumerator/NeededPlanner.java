package io.millrace.delta.source.enumerator;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.scan.PartitionColumn;
import io.millrace.delta.source.NeededRows;
import io.millrace.delta.source.changes.FileChange;
import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.source.split.FeedProgress;
import io.millrace.delta.source.split.SnapshotRest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.flink.table.connector.source.DynamicFilteringData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;

/**
 * Leaves out files that a batch job does not need. Of a table that a join reads, it needs those of
 * the partitions that the other side turns out to have, which is known before readers are started:
 * all are needed until then, and where there is too much to know. The join looks again.
 */
final class NeededPlanner implements FeedPlanner {

    private final FeedPlanner planner;
    private final List<PartitionColumn> columns;
    private final Set<RowKind> kinds;
    private final Map<Map<String, String>, Boolean> answers = new HashMap<>();

    private Optional<DynamicFilteringData> needed = Optional.empty();
    private final AtomicLong filesSkipped = new AtomicLong();

    NeededPlanner(FeedPlanner planner, NeededRows rows) {
        this.planner = requireNonNull(planner, "planner is null");
        this.columns = rows.joinedBy();
        this.kinds = rows.kinds();
    }

    @Override
    public Discovery start() {
        return planner.start();
    }

    @Override
    public Discovery resume(FeedProgress from, Optional<SnapshotRest> rest) {
        return planner.resume(from, rest);
    }

    @Override
    public Optional<Discovery> discover(FeedProgress from) {
        return planner.discover(from);
    }

    @Override
    public long newestVersion() {
        return planner.newestVersion();
    }

    @Override
    public Predicate<DeltaSplit> notNeededBy(DynamicFilteringData join) {
        if (join.isFiltering() && !columns.isEmpty() && compares(join.getRowType())) {
            needed = Optional.of(join);
            answers.clear();
        }
        return split -> !needs(split);
    }

    private boolean compares(RowType found) {
        boolean compares = found.getFieldCount() == columns.size();
        for (int i = 0; compares && i < columns.size(); i++) {
            compares = columns.get(i).compares(found.getTypeAt(i));
        }
        return compares;
    }

    @Override
    public boolean needs(DeltaSplit split) {
        boolean keeps = mayHaveKinds(split.change()) && isOfNeededPartition(split.change().file());
        if (!keeps && split.range().start() == 0) {
            filesSkipped.incrementAndGet();
        }
        return keeps;
    }

    private boolean mayHaveKinds(FileChange change) {
        if (change instanceof FileChange.ChangeRows) {
            return !kinds.isEmpty();
        }
        boolean deletes =
                change instanceof FileChange.RemovedRows
                        || change instanceof FileChange.NewlyDeletedRows;
        return kinds.contains(deletes ? RowKind.DELETE : RowKind.INSERT);
    }

    private boolean isOfNeededPartition(FileToRead file) {
        return needed.map(
                        data ->
                                answers.computeIfAbsent(
                                        file.partitionValues(), values -> keeps(values, data)))
                .orElse(true);
    }

    private boolean keeps(Map<String, String> partitionValues, DynamicFilteringData data) {
        GenericRowData row = new GenericRowData(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            Optional<Optional<Object>> value = columns.get(i).valueOf(partitionValues);
            if (value.isEmpty()) {
                return true;
            }
            row.setField(i, value.get().orElse(null));
        }
        return data.contains(row);
    }

    @Override
    public long filesSkipped() {
        return planner.filesSkipped() + filesSkipped.get();
    }
}
