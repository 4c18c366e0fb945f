package io.millrace.delta.scan;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * How the columns of a dataset come from those of its table, where they are not simply the same:
 * other names, casts and defaults. Applied where files are read; nothing behind the scan knows of
 * it.
 *
 * @param columns those that differ from the table, by the name that the dataset gives them
 */
@Internal
public record ScanAlignment(Map<String, AlignedColumn> columns) implements Serializable {

    /** Every column is the table's of the same name and type. */
    public static final ScanAlignment NONE = new ScanAlignment(Map.of());

    public ScanAlignment {
        // Not Map.copyOf, whose order differs from process to process.
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /**
     * Where the values of a column come from.
     *
     * @param type that the dataset gives the column
     */
    public record AlignedColumn(LogicalType type, Origin origin, ColumnDefault defaultValue)
            implements Serializable {
        public AlignedColumn {
            requireNonNull(type, "type is null");
            requireNonNull(origin, "origin is null");
            requireNonNull(defaultValue, "defaultValue is null");
        }

        /** Whether the values are those of a column of the table, unchanged. */
        public boolean isPlain() {
            return origin instanceof InTable table
                    && !(defaultValue instanceof ForNull)
                    && table.type().copy(true).equals(type.copy(true));
        }
    }

    /** Whether and how the table has a column. */
    public sealed interface Origin extends Serializable {}

    /** A column of the table, with the name and type that it has there. */
    public record InTable(String name, LogicalType type) implements Origin {
        public InTable {
            requireNonNull(name, "name is null");
            requireNonNull(type, "type is null");
        }
    }

    /** The table has no such column: every row has the default. */
    public record Absent(Literal value) implements Origin {
        public Absent {
            requireNonNull(value, "value is null");
        }
    }

    /** What stands in the place of null. */
    public sealed interface ColumnDefault extends Serializable {}

    /** Null stays null. */
    public record NoDefault() implements ColumnDefault {}

    /** A value of the column's type, in the place of null. */
    public record ForNull(Literal value) implements ColumnDefault {
        public ForNull {
            requireNonNull(value, "value is null");
        }
    }

    public boolean isNone() {
        return columns.isEmpty();
    }

    /**
     * Whether a column holds the values of a column of the table as they are, so that a filter on
     * it is one on {@link #tableName}.
     */
    public boolean isPlain(String column) {
        AlignedColumn aligned = columns.get(column);
        return aligned == null || aligned.isPlain();
    }

    /** The table's name of a column; empty where the table has none. */
    public Optional<String> tableName(String column) {
        AlignedColumn aligned = columns.get(column);
        if (aligned == null) {
            return Optional.of(column);
        }
        return aligned.origin() instanceof InTable table
                ? Optional.of(table.name())
                : Optional.empty();
    }

    /**
     * Whether fewer fields of a column can be read: its values are those of the table, and no other
     * one of {@code all} columns of the dataset has them, too.
     */
    public boolean canBeNarrowed(String column, List<String> all) {
        return isPlain(column)
                && all.stream().filter(c -> tableName(c).equals(tableName(column))).count() == 1;
    }

    /**
     * What is to be read of the table for columns of the dataset; each column once. Structs may
     * have fewer fields than the table's, see {@link #canBeNarrowed}.
     */
    public RowType tableColumns(RowType datasetColumns) {
        Map<String, LogicalType> fields = new LinkedHashMap<>();
        for (RowType.RowField field : datasetColumns.getFields()) {
            AlignedColumn aligned = columns.get(field.getName());
            if (aligned == null) {
                fields.put(field.getName(), field.getType());
            } else if (aligned.origin() instanceof InTable table) {
                fields.put(table.name(), aligned.isPlain() ? field.getType() : table.type());
            }
        }
        List<RowType.RowField> read = new ArrayList<>();
        fields.forEach((name, type) -> read.add(new RowType.RowField(name, type)));
        return new RowType(false, read);
    }
}
