package io.millrace.artifacts.store;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.CredentialScan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/**
 * Rows for tables of the store, to be stored together. Text that looks like a credential is masked
 * when it is added. Not thread-safe.
 */
public final class ArtifactRows {
    private final String once;
    private final Map<ArtifactTable, List<RowData>> rows = new EnumMap<>(ArtifactTable.class);

    private ArtifactRows(String once) {
        this.once = requireNonNull(once, "once is null");
    }

    /** Rows that are stored each time. */
    public static ArtifactRows each() {
        return new ArtifactRows("");
    }

    /**
     * Rows that are stored once in a warehouse.
     *
     * @param name of what they tell, the same whoever stores it
     */
    public static ArtifactRows once(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("what is stored once needs a name");
        }
        return new ArtifactRows(name);
    }

    /**
     * Adds a row.
     *
     * @param values one for each column: strings, numbers, booleans, instants, lists of strings,
     *     maps of strings to longs, or null
     */
    public ArtifactRows add(ArtifactTable table, Object... values) {
        if (values.length != table.rowType().getFieldCount()) {
            throw new IllegalArgumentException(
                    "%s has %d columns, not %d"
                            .formatted(
                                    table.tableName(),
                                    table.rowType().getFieldCount(),
                                    values.length));
        }
        GenericRowData row = new GenericRowData(values.length);
        for (int i = 0; i < values.length; i++) {
            row.setField(i, internal(values[i]));
        }
        rows.computeIfAbsent(table, none -> new ArrayList<>()).add(row);
        return this;
    }

    String once() {
        return once;
    }

    /** Rows by table, in the order in which tables are written. */
    Map<ArtifactTable, List<RowData>> rows() {
        return rows;
    }

    int count() {
        return rows.values().stream().mapToInt(List::size).sum();
    }

    private static Object internal(Object value) {
        if (value instanceof String text) {
            return text(text);
        } else if (value instanceof Instant time) {
            return TimestampData.fromInstant(time.truncatedTo(ChronoUnit.MICROS));
        } else if (value instanceof List<?> list) {
            return new GenericArrayData(list.stream().map(item -> text((String) item)).toArray());
        } else if (value instanceof Map<?, ?> map) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            new TreeMap<>(map).forEach((key, number) -> entries.put(text((String) key), number));
            return new GenericMapData(entries);
        }
        return value;
    }

    private static StringData text(String text) {
        return StringData.fromString(CredentialScan.masked(text));
    }
}
