package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.RowSelection;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.TableSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.table.data.GenericRowData;

/**
 * Net difference of two versions of a table. Only files and positions that are live in one of them
 * are read, so rows that nobody touched cost nothing, and it does not matter in how many commits
 * the change came.
 */
final class TargetChanges {
    /** Rows that are new, that have other values under the same key, and that are gone. */
    record Counts(long inserted, long updated, long deleted) {
        static final Counts NONE = new Counts(0, 0, 0);
    }

    private final DeltaTable table;
    private final TableMetadata metadata;
    private final List<String> key;
    private final List<String> columns;
    private final Map<Object, List<GenericRowData>> before = new HashMap<>();
    private long inserted;
    private long updated;

    private TargetChanges(DeltaTable table, TableMetadata metadata, List<String> key) {
        this.table = requireNonNull(table, "table is null");
        this.metadata = requireNonNull(metadata, "metadata is null");
        this.key = key;
        this.columns = metadata.schema().fieldNames();
    }

    /**
     * @param from version before, -1 where there was no table
     * @param key primary key; empty: rows are compared as a whole
     */
    static Counts between(DeltaTable table, long from, long to, List<String> key) {
        if (to <= from) {
            return Counts.NONE;
        }
        try {
            TableSnapshot after = table.snapshot(to);
            Map<String, DataFile> old = from < 0 ? Map.of() : files(table.snapshot(from));
            return new TargetChanges(table, after.metadata(), key).compare(old, files(after));
        } catch (IOException e) {
            throw new UncheckedIOException(table.location() + ": changes cannot be counted", e);
        }
    }

    /** Live rows of the newest version; -1 where there is no table. */
    static long rows(DeltaTable table) {
        if (!table.exists()) {
            return -1;
        }
        try {
            long rows = 0;
            for (DataFile file : files(table.snapshot()).values()) {
                rows += rows(table, file);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(table.location() + ": rows cannot be counted", e);
        }
    }

    private static long rows(DeltaTable table, DataFile file) throws IOException {
        long deleted = file.deletionVector().map(DeletionVector::cardinality).orElse(0L);
        Optional<Long> known = file.stats().flatMap(TargetChanges::numRecords);
        if (known.isPresent()) {
            return known.get() - deleted;
        }
        long rows = 0;
        try (DeltaFileReader reader =
                DeltaFileReader.open(
                        table,
                        table.snapshot().metadata(),
                        FileToRead.of(file),
                        List.of(),
                        RowSelection.all())) {
            while (reader.hasNext()) {
                reader.next();
                rows++;
            }
        }
        return rows - deleted;
    }

    private static Optional<Long> numRecords(String stats) {
        return JsonFiles.parse(stats)
                .filter(json -> json.hasNonNull("numRecords"))
                .map(json -> json.get("numRecords").asLong());
    }

    private static Map<String, DataFile> files(TableSnapshot snapshot) throws IOException {
        Map<String, DataFile> files = new LinkedHashMap<>();
        try (CloseableIterator<DataFile> iterator = snapshot.files()) {
            while (iterator.hasNext()) {
                DataFile file = iterator.next();
                files.put(file.path(), file);
            }
        }
        return files;
    }

    private Counts compare(Map<String, DataFile> old, Map<String, DataFile> now)
            throws IOException {
        if (old.isEmpty()) {
            for (DataFile file : now.values()) {
                inserted += rows(table, file);
            }
            return new Counts(inserted, 0, 0);
        }
        Set<String> paths = new TreeSet<>(old.keySet());
        paths.addAll(now.keySet());
        for (String path : paths) {
            readLiveOnlyIn(old.get(path), now.get(path), this::remember);
        }
        for (String path : paths) {
            readLiveOnlyIn(now.get(path), old.get(path), this::match);
        }
        long deleted = before.values().stream().mapToLong(List::size).sum();
        return new Counts(inserted, updated, deleted);
    }

    private interface RowConsumer {
        void accept(GenericRowData row);
    }

    private void readLiveOnlyIn(DataFile one, DataFile other, RowConsumer consumer)
            throws IOException {
        if (one == null || (other != null && one.deletionVector().equals(other.deletionVector()))) {
            return;
        }
        RowSelection selection;
        if (other == null) {
            selection =
                    RowSelection.except(
                            one.deletionVector().map(dv -> DeletionVectors.load(table, dv)));
        } else if (other.deletionVector().isEmpty()) {
            return;
        } else {
            RowPositions positions =
                    DeletionVectors.load(table, other.deletionVector().get()).copy();
            one.deletionVector()
                    .ifPresent(dv -> positions.removeAll(DeletionVectors.load(table, dv)));
            selection = RowSelection.only(positions);
        }
        try (DeltaFileReader reader =
                DeltaFileReader.open(table, metadata, FileToRead.of(one), columns, selection)) {
            while (reader.hasNext()) {
                consumer.accept(reader.next().row());
            }
        }
    }

    private Object keyOf(GenericRowData row) {
        if (key.isEmpty()) {
            return row;
        }
        Object[] values = new Object[key.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.getField(columns.indexOf(key.get(i)));
        }
        return GenericRowData.of(values);
    }

    private void remember(GenericRowData row) {
        before.computeIfAbsent(keyOf(row), missing -> new ArrayList<>(1)).add(row);
    }

    private void match(GenericRowData row) {
        Object rowKey = keyOf(row);
        List<GenericRowData> rows = before.get(rowKey);
        if (rows == null) {
            inserted++;
            return;
        }
        if (!rows.remove(rows.size() - 1).equals(row)) {
            updated++;
        }
        if (rows.isEmpty()) {
            before.remove(rowKey);
        }
    }
}
