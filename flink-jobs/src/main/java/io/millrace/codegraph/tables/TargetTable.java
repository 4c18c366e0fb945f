package io.millrace.codegraph.tables;

import io.millrace.delta.commit.ChangeCounts;
import io.millrace.delta.commit.CommitOutcome;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TransactionId;
import io.millrace.delta.write.TableWrite;
import io.millrace.delta.write.WriteSpec;
import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.data.GenericRowData;

/** One extracted table, open for writing. */
final class TargetTable implements Closeable {
    private final ExtractedTable table;
    private final DeltaTable delta;
    private final TableWrite write;
    private final KeysByFile keys;
    private long newestNumber;

    private TargetTable(
            ExtractedTable table,
            DeltaTable delta,
            TableWrite write,
            KeysByFile keys,
            long newestNumber) {
        this.table = table;
        this.delta = delta;
        this.write = write;
        this.keys = keys;
        this.newestNumber = newestNumber;
    }

    static TargetTable open(ExtractedTable table, TableHistory history) throws IOException {
        DeltaTable delta = history.table();
        KeysByFile keys = KeysByFile.read(delta, table);
        WriteSpec spec =
                WriteSpec.of(delta.location(), table.rowType(), List.of(table.keyColumn()));
        return new TargetTable(
                table, delta, TableWrite.open(delta, spec), keys, history.newestNumber());
    }

    /** Number of the newest revision that the table has; 0 where it has none. */
    long newestNumber() {
        return newestNumber;
    }

    /** Files of which the table has rows. */
    Set<String> files() {
        return keys.files();
    }

    /** Commits the revision: the rows of these files replace those that the table has of them. */
    TableReport commit(
            RevisionMark mark, Collection<ExtractedFile> files, Collection<String> deletedFiles)
            throws IOException {
        for (String fileId : deletedFiles) {
            replace(fileId, List.of());
        }
        for (ExtractedFile file : files) {
            replace(file.fileId(), table.rows(file).toList());
        }
        return commit(mark);
    }

    private void replace(String fileId, List<GenericRowData> rows) throws IOException {
        List<String> present = rows.stream().map(row -> row.getString(0).toString()).toList();
        Set<String> gone = new HashSet<>(keys.of(fileId));
        present.forEach(gone::remove);
        for (String key : gone) {
            write.delete(table.keyRow(key));
        }
        for (GenericRowData row : rows) {
            write.upsert(row);
        }
        keys.put(fileId, present);
    }

    private TableReport commit(RevisionMark mark) throws IOException {
        TransactionId transaction = new TransactionId(RevisionMark.APPLICATION, mark.number());
        CommitOutcome outcome = write.commitAlways(transaction, mark.parameters());
        newestNumber = mark.number();
        if (outcome instanceof CommitOutcome.Committed committed) {
            return report(committed.version(), committed.counts());
        }
        if (outcome instanceof CommitOutcome.AlreadyCommitted already) {
            return report(already.version(), ChangeCounts.NONE);
        }
        throw new IOException(
                String.format(
                        "%s: cannot commit revision %s: %s. Let one extraction at a time write to a"
                                + " warehouse, and run this one again.",
                        delta.location(),
                        mark.revision(),
                        outcome instanceof CommitOutcome.Fenced fenced
                                ? fenced.message()
                                : "nothing was written"));
    }

    private TableReport report(long version, ChangeCounts counts) {
        return new TableReport(
                table.tableName(), version, counts.inserted(), counts.updated(), counts.deleted());
    }

    @Override
    public void close() throws IOException {
        write.close();
    }
}
