package io.millrace.artifacts.store;

import io.millrace.delta.commit.CommitOutcome;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TransactionId;
import io.millrace.delta.write.TableWrite;
import io.millrace.delta.write.WriteSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.table.data.RowData;

/** Writes rows into the tables of a store, a commit a table. */
final class TableWriter {
    private static final String APPLICATION = "millrace-artifacts/";

    private final ArtifactFolder folder;
    private final String writer = APPLICATION + UUID.randomUUID();
    private long commits;

    TableWriter(Path warehouse) {
        this.folder = new ArtifactFolder(warehouse);
    }

    /** Failures of one table leave the others alone. */
    void write(List<ArtifactRows> all) throws PartlyWrittenException {
        Map<ArtifactTable, List<RowData>> each = new EnumMap<>(ArtifactTable.class);
        long lost = 0;
        List<Exception> failures = new ArrayList<>();
        for (ArtifactRows rows : all) {
            if (rows.once().isEmpty()) {
                rows.rows()
                        .forEach(
                                (table, some) ->
                                        each.computeIfAbsent(table, none -> new ArrayList<>())
                                                .addAll(some));
            } else {
                lost += writeOnce(rows, failures);
            }
        }
        commits++;
        for (Map.Entry<ArtifactTable, List<RowData>> rows : each.entrySet()) {
            lost +=
                    write(
                            rows.getKey(),
                            rows.getValue(),
                            new TransactionId(writer, commits),
                            failures);
        }
        if (lost > 0) {
            throw new PartlyWrittenException(lost, failures.get(0));
        }
    }

    /** The table that is written first comes last, so that it tells whether all are written. */
    private long writeOnce(ArtifactRows rows, List<Exception> failures) {
        TransactionId id = new TransactionId(APPLICATION + rows.once(), 1);
        List<ArtifactTable> tables = new ArrayList<>(rows.rows().keySet());
        tables.add(tables.remove(0));
        try {
            if (isThere(tables.get(tables.size() - 1), id)) {
                return 0;
            }
        } catch (RuntimeException e) {
            failures.add(e);
            return rows.count();
        }
        long lost = 0;
        for (ArtifactTable table : tables) {
            lost += write(table, rows.rows().get(table), id, failures);
            if (lost > 0) {
                return rows.count();
            }
        }
        return lost;
    }

    private boolean isThere(ArtifactTable name, TransactionId id) {
        DeltaTable table = folder.table(name);
        return table.exists()
                && table.snapshot().transactionVersion(id.appId()).orElse(-1) >= id.version();
    }

    private long write(
            ArtifactTable table, List<RowData> rows, TransactionId id, List<Exception> failures) {
        WriteSpec spec = folder.spec(table);
        try (TableWrite write = TableWrite.open(spec.table(), spec)) {
            for (RowData row : rows) {
                write.upsert(row);
            }
            if (write.commit(id, Map.of()) instanceof CommitOutcome.Fenced fenced) {
                throw new IOException(fenced.message());
            }
            return 0;
        } catch (IOException | RuntimeException e) {
            failures.add(e);
            return rows.size();
        }
    }
}
