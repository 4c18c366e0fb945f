package io.millrace.delta.write;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.RowSelection;
import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RemovedFile;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.table.VersionActions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.data.GenericRowData;

/** Reads tables of the tests as text: the fields of a row, separated by commas. */
public final class TestTables {

    private TestTables() {}

    /** The rows of one version. */
    public static List<String> rows(DeltaTable table, long version) throws IOException {
        TableSnapshot snapshot = table.snapshot(version);
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<DataFile> files = snapshot.files()) {
            while (files.hasNext()) {
                DataFile file = files.next();
                RowSelection live =
                        RowSelection.except(Optional.of(load(table, file.deletionVector())));
                rows.addAll(read(table, snapshot.metadata(), FileToRead.of(file), live, false));
            }
        }
        return rows;
    }

    /** The change feed of one version, by the rules of the protocol: {@code insert 1,a}. */
    public static List<String> feed(DeltaTable table, long version) throws IOException {
        VersionActions commit = table.log().at(version);
        TableMetadata metadata = table.snapshot(version).metadata();
        List<String> feed = new ArrayList<>();
        if (!commit.changes().isEmpty()) {
            for (ChangeFile file : commit.changes()) {
                feed.addAll(read(table, metadata, FileToRead.of(file), RowSelection.all(), true));
            }
            return feed;
        }
        Map<String, RowPositions> before = new HashMap<>();
        for (RemovedFile removed : commit.removes()) {
            before.put(removed.path(), load(table, removed.deletionVector()));
        }
        for (DataFile added : commit.adds()) {
            RowPositions after = load(table, added.deletionVector());
            RowPositions had = before.remove(added.path());
            RowSelection selection = RowSelection.except(Optional.of(after));
            String type = "insert ";
            if (had != null) {
                after.removeAll(had);
                selection = RowSelection.only(after);
                type = "delete ";
            }
            for (String row : read(table, metadata, FileToRead.of(added), selection, false)) {
                feed.add(type + row);
            }
        }
        for (RemovedFile removed : commit.removes()) {
            if (before.containsKey(removed.path())) {
                FileToRead file =
                        new FileToRead(removed.path(), -1, removed.partitionValues().orElseThrow());
                RowSelection had = RowSelection.except(Optional.of(before.get(removed.path())));
                for (String row : read(table, metadata, file, had, false)) {
                    feed.add("delete " + row);
                }
            }
        }
        return feed;
    }

    private static RowPositions load(DeltaTable table, Optional<DeletionVector> vector) {
        return vector.map(v -> DeletionVectors.load(table, v)).orElseGet(RowPositions::new);
    }

    private static List<String> read(
            DeltaTable table,
            TableMetadata metadata,
            FileToRead file,
            RowSelection selection,
            boolean change)
            throws IOException {
        List<String> columns = new ArrayList<>(metadata.schema().fieldNames());
        if (change) {
            columns.add(DeltaFileReader.CHANGE_TYPE);
        }
        List<String> rows = new ArrayList<>();
        try (DeltaFileReader reader =
                DeltaFileReader.open(table, metadata, file, columns, selection)) {
            while (reader.hasNext()) {
                GenericRowData row = reader.next().row();
                List<String> fields = new ArrayList<>();
                for (int i = 0; i < metadata.schema().length(); i++) {
                    fields.add(String.valueOf(row.getField(i)));
                }
                String text = String.join(",", fields);
                rows.add(change ? row.getField(row.getArity() - 1) + " " + text : text);
            }
        }
        return rows;
    }
}
