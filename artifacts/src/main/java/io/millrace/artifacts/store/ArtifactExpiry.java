package io.millrace.artifacts.store;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.store.ArtifactReader.RowConsumer;
import io.millrace.delta.commit.CommitFacts;
import io.millrace.delta.commit.CommitKind;
import io.millrace.delta.commit.CommitOutcome;
import io.millrace.delta.commit.Committable;
import io.millrace.delta.commit.DeltaCommitter;
import io.millrace.delta.commit.WriteResult;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.write.FileNaming;
import io.millrace.delta.write.PositionedChanges;
import io.millrace.delta.write.WriteSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.types.RowKind;

/**
 * Deletes rows about old runs. What is stored once stays: plans, their lineage, settings and
 * functions; so do the folders of bundles.
 */
public final class ArtifactExpiry {
    private static final String RUN_ID = "run_id";
    private static final String PIPELINE = "pipeline";
    private static final String STARTED = "started_at";

    private static final List<ArtifactTable> OF_RUNS =
            List.of(
                    ArtifactTable.DATASETS,
                    ArtifactTable.SCAN_UNITS,
                    ArtifactTable.RUN_EVENTS,
                    ArtifactTable.OPERATOR_METRICS,
                    ArtifactTable.COMMITS,
                    ArtifactTable.CURSORS,
                    ArtifactTable.RUNS);

    private final ArtifactFolder folder;
    private final ArtifactReader reader;

    public ArtifactExpiry(Path warehouse) {
        this.folder = new ArtifactFolder(warehouse);
        this.reader = new ArtifactReader(warehouse);
    }

    /**
     * Deletes what is about runs that are neither among the newest of their pipeline nor young.
     *
     * @param keepRuns of each pipeline, by when they began
     * @param keepSince runs that began then or later stay
     * @return rows that were deleted, by table
     */
    public Map<ArtifactTable, Long> expire(int keepRuns, Instant keepSince) {
        requireNonNull(keepSince, "keepSince is null");
        if (keepRuns < 0) {
            throw new IllegalArgumentException("the number of runs to keep is negative");
        }
        Set<String> runs = expired(keepRuns, keepSince);
        Map<ArtifactTable, Long> deleted = new TreeMap<>();
        if (runs.isEmpty()) {
            return deleted;
        }
        for (ArtifactTable table : OF_RUNS) {
            delete(table, List.of(RUN_ID), row -> runs.contains(row.get(RUN_ID)), deleted);
        }
        return deleted;
    }

    private Set<String> expired(int keepRuns, Instant keepSince) {
        Map<String, Integer> seen = new TreeMap<>();
        Set<String> expired = new HashSet<>();
        reader.rows(ArtifactTable.RUNS, row -> true).stream()
                .sorted(
                        Comparator.comparing(
                                        (Map<String, Object> row) ->
                                                ArtifactReader.time(row, STARTED))
                                .reversed())
                .forEach(
                        row -> {
                            int newer = seen.merge((String) row.get(PIPELINE), 1, Integer::sum);
                            if (newer > keepRuns
                                    && ArtifactReader.time(row, STARTED).isBefore(keepSince)) {
                                expired.add((String) row.get(RUN_ID));
                            }
                        });
        return expired;
    }

    private void delete(
            ArtifactTable name,
            List<String> columns,
            Predicate<Map<String, Object>> old,
            Map<ArtifactTable, Long> deleted) {
        DeltaTable table = folder.table(name);
        if (!table.exists()) {
            return;
        }
        WriteSpec spec = folder.spec(name);
        String application = "millrace-artifacts/" + UUID.randomUUID();
        TableSnapshot snapshot = table.snapshot();
        try (PositionedChanges changes =
                        new PositionedChanges(
                                table, spec, FileNaming.forSink(application), snapshot.version());
                DeltaCommitter committer =
                        new DeltaCommitter(
                                table,
                                spec.definition(),
                                new CommitFacts(application, Map.of()),
                                new CommitKind.RowLevel("expiry"))) {
            long rows = collect(table, snapshot, columns, old, changes);
            if (rows > 0 && commit(committer, changes.flush(1, 0))) {
                deleted.put(name, rows);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    table.location() + ": cannot delete old rows: " + e.getMessage(), e);
        }
    }

    private static long collect(
            DeltaTable table,
            TableSnapshot snapshot,
            List<String> columns,
            Predicate<Map<String, Object>> old,
            PositionedChanges changes) {
        long[] rows = {0};
        RowConsumer mark =
                (file, position, row) -> {
                    if (old.test(row)) {
                        GenericRowData place =
                                GenericRowData.ofKind(
                                        RowKind.DELETE,
                                        StringData.fromString(file.path()),
                                        position);
                        try {
                            changes.add(place);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                        rows[0]++;
                    }
                };
        ArtifactReader.scan(table, snapshot, columns, mark);
        return rows[0];
    }

    private static boolean commit(DeltaCommitter committer, WriteResult result) throws IOException {
        CommitOutcome outcome =
                committer.commit(
                        new Committable(
                                1,
                                UUID.randomUUID().toString(),
                                1,
                                result.indexVersion(),
                                true,
                                false,
                                result.files(),
                                result.changeFiles(),
                                result.deletions(),
                                result.counts(),
                                Map.of()));
        return outcome instanceof CommitOutcome.Committed;
    }
}
