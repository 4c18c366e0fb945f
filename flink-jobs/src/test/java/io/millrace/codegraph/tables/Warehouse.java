package io.millrace.codegraph.tables;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.VersionActions;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;

/** The extracted tables of a test, as texts. */
record Warehouse(Path folder) {
    DeltaTable table(ExtractedTable table) {
        return DeltaTable.at(folder.resolve(table.tableName()).toString());
    }

    /** All rows of all tables, sorted. */
    Map<String, List<String>> contents() throws IOException {
        Map<String, List<String>> contents = new TreeMap<>();
        for (ExtractedTable table : ExtractedTable.values()) {
            List<String> rows = new ArrayList<>();
            TableRows.read(
                    table(table),
                    table.rowType().getFieldNames(),
                    row -> rows.add(text(row, table)));
            Collections.sort(rows);
            contents.put(table.tableName(), rows);
        }
        return contents;
    }

    /** The change feed of one version: change type and row, sorted. */
    List<String> feed(ExtractedTable table, long version) throws IOException {
        VersionActions actions = commit(table, version);
        List<String> rows = new ArrayList<>();
        if (actions.changes().isEmpty()) {
            if (!actions.removes().isEmpty()) {
                throw new IllegalStateException("only added files are read here");
            }
            for (DataFile file : actions.adds()) {
                read(table, FileToRead.of(file), false, rows);
            }
        }
        for (ChangeFile file : actions.changes()) {
            read(table, FileToRead.of(file), true, rows);
        }
        Collections.sort(rows);
        return rows;
    }

    VersionActions commit(ExtractedTable table, long version) throws IOException {
        try (CloseableIterator<VersionActions> log = table(table).log().read(version)) {
            return log.next();
        }
    }

    long version(ExtractedTable table) {
        return table(table).snapshot().version();
    }

    /** Takes the newest version away, as if its commit had never happened. */
    void undo(ExtractedTable table) throws IOException {
        String version = String.format("%020d", version(table));
        Path log = folder.resolve(table.tableName()).resolve("_delta_log");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(log, "*" + version + ".*")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    private void read(ExtractedTable table, FileToRead file, boolean changeFile, List<String> rows)
            throws IOException {
        DeltaTable delta = table(table);
        List<String> columns = new ArrayList<>(table.rowType().getFieldNames());
        if (changeFile) {
            columns.add(DeltaFileReader.CHANGE_TYPE);
        }
        try (DeltaFileReader reader =
                DeltaFileReader.open(
                        delta, delta.snapshot().metadata(), file, columns, Optional.empty())) {
            while (reader.hasNext()) {
                RowData row = reader.next().row();
                String type = changeFile ? row.getString(columns.size() - 1).toString() : "insert";
                rows.add(type + " " + text(row, table));
            }
        }
    }

    private static String text(RowData row, ExtractedTable table) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < table.rowType().getFieldCount(); i++) {
            LogicalType type = table.rowType().getTypeAt(i);
            fields.add(text(RowData.createFieldGetter(type, i).getFieldOrNull(row)));
        }
        return String.join(" | ", fields);
    }

    private static String text(Object value) {
        if (value instanceof ArrayData array) {
            return elements(array).toString();
        }
        if (value instanceof MapData map) {
            List<String> keys = elements(map.keyArray());
            List<String> values = elements(map.valueArray());
            Map<String, String> entries = new TreeMap<>();
            for (int i = 0; i < keys.size(); i++) {
                entries.put(keys.get(i), values.get(i));
            }
            return entries.toString();
        }
        return String.valueOf(value);
    }

    private static List<String> elements(ArrayData array) {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            elements.add(array.isNullAt(i) ? "null" : array.getString(i).toString());
        }
        return elements;
    }
}
