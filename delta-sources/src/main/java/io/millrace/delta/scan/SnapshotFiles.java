package io.millrace.delta.scan;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;

/**
 * What the log says of the files of one version. Each new question goes through the log once; the
 * answers are kept.
 */
@Internal
public final class SnapshotFiles {

    private final DeltaTable table;
    private final OptionalLong version;
    private final Map<Question, SnapshotSummary> summaries = new HashMap<>();

    private Optional<TableSnapshot> snapshot = Optional.empty();

    private record Question(Predicate filter, List<String> columns) {}

    /**
     * @param version the newest where absent; opened when first asked for
     */
    public SnapshotFiles(DeltaTable table, OptionalLong version) {
        this.table = requireNonNull(table, "table is null");
        this.version = requireNonNull(version, "version is null");
    }

    /**
     * What is known of the rows that {@code filter} leaves.
     *
     * @param columns names of top-level columns
     */
    public synchronized SnapshotSummary summary(Predicate filter, List<String> columns) {
        return summaries.computeIfAbsent(
                new Question(filter, List.copyOf(columns)),
                question -> summarize(snapshot(), question));
    }

    /**
     * Whether {@code predicate} is of partition columns only, and of each file either all rows
     * satisfy it or none.
     */
    public synchronized boolean partitionsDecide(Predicate predicate) {
        return new FilePruner(predicate, snapshot().metadata()).isOfPartitions(predicate)
                && summary(predicate, List.of()).decided();
    }

    /** A top-level column that the table is partitioned by, if its values can be compared. */
    public synchronized Optional<PartitionColumn> partitionColumn(String column) {
        return ScanColumn.find(snapshot().metadata(), FieldPath.of(column))
                .flatMap(PartitionColumn::of);
    }

    private TableSnapshot snapshot() {
        if (snapshot.isEmpty()) {
            snapshot =
                    Optional.of(
                            version.isPresent()
                                    ? table.snapshot(version.getAsLong())
                                    : table.snapshot());
        }
        return snapshot.get();
    }

    private static SnapshotSummary summarize(TableSnapshot snapshot, Question question) {
        FilePruner pruner = new FilePruner(question.filter(), snapshot.metadata());
        SummaryBuilder summary = new SummaryBuilder(pruner, question.columns());
        try (CloseableIterator<DataFile> files = snapshot.files()) {
            while (files.hasNext()) {
                summary.add(files.next());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return summary.build(snapshot.version());
    }
}
