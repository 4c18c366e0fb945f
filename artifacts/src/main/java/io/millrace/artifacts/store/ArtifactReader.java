package io.millrace.artifacts.store;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.PositionedRow;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/** Reads tables of the store without Flink. */
public final class ArtifactReader {
    private final ArtifactFolder folder;

    public ArtifactReader(Path warehouse) {
        this.folder = new ArtifactFolder(warehouse);
    }

    /**
     * Rows of a table by column, in no order: texts, numbers, booleans, instants, lists, maps and
     * null. None where there is no table.
     */
    public List<Map<String, Object>> rows(
            ArtifactTable table, Predicate<Map<String, Object>> wanted) {
        requireNonNull(wanted, "wanted is null");
        List<Map<String, Object>> rows = new ArrayList<>();
        DeltaTable delta = folder.table(table);
        if (delta.exists()) {
            scan(
                    delta,
                    delta.snapshot(),
                    table.rowType().getFieldNames(),
                    (file, position, row) -> {
                        if (wanted.test(row)) {
                            rows.add(row);
                        }
                    });
        }
        return rows;
    }

    /** Takes rows and where they stand. */
    @FunctionalInterface
    interface RowConsumer {
        void accept(DataFile file, long position, Map<String, Object> row);
    }

    static void scan(
            DeltaTable table, TableSnapshot snapshot, List<String> columns, RowConsumer consumer) {
        try (CloseableIterator<DataFile> files = snapshot.files()) {
            while (files.hasNext()) {
                DataFile file = files.next();
                try (DeltaFileReader reader =
                        DeltaFileReader.open(
                                table,
                                snapshot.metadata(),
                                FileToRead.of(file),
                                columns,
                                file.deletionVector()
                                        .map(vector -> DeletionVectors.load(table, vector)))) {
                    while (reader.hasNext()) {
                        PositionedRow row = reader.next();
                        consumer.accept(file, row.position(), external(row.row(), columns));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    table.location() + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> external(GenericRowData row, List<String> columns) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            values.put(columns.get(i), external(row.getField(i)));
        }
        return values;
    }

    private static Object external(Object value) {
        if (value instanceof StringData text) {
            return text.toString();
        } else if (value instanceof TimestampData time) {
            return time.toInstant();
        } else if (value instanceof ArrayData array) {
            List<Object> items = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                items.add(array.getString(i).toString());
            }
            return items;
        } else if (value instanceof MapData map) {
            Map<String, Object> entries = new TreeMap<>();
            for (int i = 0; i < map.size(); i++) {
                entries.put(
                        map.keyArray().getString(i).toString(),
                        map.valueArray().isNullAt(i) ? null : map.valueArray().getLong(i));
            }
            return entries;
        }
        return value;
    }

    /** A time of a row, or the earliest there is where it has none. */
    static Instant time(Map<String, Object> row, String column) {
        return row.get(column) instanceof Instant time ? time : Instant.MIN;
    }
}
