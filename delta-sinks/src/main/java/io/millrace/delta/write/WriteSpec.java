package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.StorageOptions;
import io.millrace.delta.table.TableDefinition;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.types.DeltaTypes;
import io.millrace.delta.write.page.Compression;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.types.logical.RowType;

/**
 * What is written where, and what the table is made from if it is not there yet.
 *
 * @param location of the table
 * @param storage how it is reached
 * @param rowType the rows
 * @param keyColumns primary key; empty where rows are only appended
 * @param partitionColumns of the table, if it is made
 * @param properties of the table, if it is made; the key is always among them
 */
@PublicEvolving
public record WriteSpec(
        String location,
        StorageOptions storage,
        RowType rowType,
        List<String> keyColumns,
        List<String> partitionColumns,
        Map<String, String> properties)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final String CHANGE_FEED = "delta.enableChangeDataFeed";

    /** Before the name of a column: its kind. It becomes metadata of the column. */
    private static final String COLUMN_KIND = TableMetadata.COLUMN_KIND + ".";

    /** What the table is, in words. */
    private static final String COMMENT = "millrace.comment";

    /** Before the name of a column: what it holds, in words. */
    private static final String COLUMN_COMMENT = COMMENT + ".";

    public static final String DELETION_VECTORS = "delta.enableDeletionVectors";

    public WriteSpec {
        requireNonNull(location, "location is null");
        requireNonNull(storage, "storage is null");
        requireNonNull(rowType, "rowType is null");
        keyColumns = List.copyOf(keyColumns);
        partitionColumns = List.copyOf(partitionColumns);
        if (!keyColumns.isEmpty()) {
            properties = new TreeMap<>(properties);
            properties.put(TableMetadata.KEY_PROPERTY, String.join(",", keyColumns));
        }
        properties = Map.copyOf(properties);
        for (String column : keyColumns) {
            if (!rowType.getFieldNames().contains(column)) {
                throw new IllegalArgumentException(
                        "%s: the key column %s is not among %s"
                                .formatted(location, column, rowType.getFieldNames()));
            }
        }
    }

    /** A table with a change feed and deletion vectors that is not partitioned. */
    public static WriteSpec of(String location, RowType rowType, List<String> keyColumns) {
        Map<String, String> properties = Map.of(CHANGE_FEED, "true", DELETION_VECTORS, "true");
        return new WriteSpec(
                location, StorageOptions.NONE, rowType, keyColumns, List.of(), properties);
    }

    public WriteSpec storedIn(StorageOptions options) {
        return new WriteSpec(location, options, rowType, keyColumns, partitionColumns, properties);
    }

    /** The table that is written, which need not exist. */
    public DeltaTable table() {
        return DeltaTable.at(location, storage);
    }

    public WriteSpec partitionedBy(List<String> columns) {
        return new WriteSpec(location, storage, rowType, keyColumns, columns, properties);
    }

    public WriteSpec withProperty(String name, String value) {
        Map<String, String> more = new TreeMap<>(properties);
        more.put(name, value);
        return new WriteSpec(location, storage, rowType, keyColumns, partitionColumns, more);
    }

    /** What columns hold, for the metadata of the columns of a table that is made. */
    public WriteSpec withColumnKinds(Map<String, String> kinds) {
        WriteSpec spec = this;
        for (Map.Entry<String, String> kind : kinds.entrySet()) {
            spec = spec.withProperty(COLUMN_KIND + kind.getKey(), kind.getValue());
        }
        return spec;
    }

    /**
     * What a table that is made, and its columns, are in words; nothing is compared with them.
     *
     * @param comment of the table; may be empty
     * @param columns comments by column
     */
    public WriteSpec withComments(String comment, Map<String, String> columns) {
        WriteSpec spec = comment.isEmpty() ? this : withProperty(COMMENT, comment);
        for (Map.Entry<String, String> column : columns.entrySet()) {
            spec = spec.withProperty(COLUMN_COMMENT + column.getKey(), column.getValue());
        }
        return spec;
    }

    /**
     * Sorts rows within files: those of a flush, or as many of them as fit into the memory for
     * changes.
     *
     * @param columns {@code COLUMN}, {@code COLUMN ASC} or {@code COLUMN DESC}, separated by commas
     * @throws IllegalArgumentException if it is something else, or a column cannot be sorted by
     */
    public WriteSpec sortedBy(String columns) {
        for (SortColumn column : SortColumn.parse(columns)) {
            if (partitionColumns.contains(column.name())) {
                throw new IllegalArgumentException(
                        "column %s, which rows are to be sorted by, is a partition column: it has one value in a file"
                                .formatted(column.name()));
            }
        }
        RowOrder.of(rowType, SortColumn.parse(columns));
        return withProperty(FileOptions.SORT_BY, columns);
    }

    /**
     * Closes files at a size.
     *
     * @param bytes above 0
     */
    public WriteSpec withFileSize(long bytes) {
        return withProperty(FileOptions.FILE_SIZE, String.valueOf(bytes));
    }

    /**
     * Compresses pages.
     *
     * @param compression {@code zstd}, {@code zstd(LEVEL)}, {@code snappy}, {@code gzip}, {@code
     *     none}
     * @throws IllegalArgumentException if it is something else
     */
    public WriteSpec compressedBy(String compression) {
        Compression parsed = Compression.parse(compression);
        WriteSpec spec = withProperty(FileOptions.COMPRESSION, parsed.codec().toString());
        return parsed.codec() == Compression.Codec.ZSTD && parsed.level() > 1
                ? spec.withProperty(FileOptions.ZSTD_LEVEL, String.valueOf(parsed.level()))
                : spec;
    }

    /**
     * Gives columns bloom filters.
     *
     * @param columns {@code COLUMN}, {@code COLUMN:FPP} or {@code COLUMN:FPP:NDV}, separated by
     *     commas; fields of structs after dots
     * @throws IllegalArgumentException if it is something else or the rows have no such column
     */
    public WriteSpec withBloomFilters(String columns) {
        for (String column : FileOptions.bloomFilters(columns).keySet()) {
            String name = column.replaceFirst("\\..*", "");
            if (!rowType.getFieldNames().contains(name)) {
                throw new IllegalArgumentException(
                        "there is no column %s to make a bloom filter of; the rows have %s"
                                .formatted(column, rowType.getFieldNames()));
            }
            if (partitionColumns.contains(name)) {
                throw new IllegalArgumentException(
                        "column %s, of which a bloom filter is asked for, is a partition column"
                                .formatted(column));
            }
        }
        return withProperty(FileOptions.BLOOM_FILTERS, columns);
    }

    /** What the table is made from. */
    public TableDefinition definition() {
        Map<String, String> table = new TreeMap<>(properties);
        StructType columns = new StructType();
        for (StructField column : DeltaTypes.toStructType(rowType).fields()) {
            StructField whole = column;
            whole =
                    with(
                            whole,
                            TableMetadata.COLUMN_KIND,
                            table.remove(COLUMN_KIND + column.getName()));
            whole =
                    with(
                            whole,
                            TableMetadata.COLUMN_COMMENT,
                            table.remove(COLUMN_COMMENT + column.getName()));
            columns = columns.add(whole);
        }
        String comment = table.remove(COMMENT);
        return new TableDefinition(
                columns, partitionColumns, table, comment == null ? "" : comment);
    }

    private static StructField with(StructField column, String name, String value) {
        return value == null
                ? column
                : column.withNewMetadata(
                        FieldMetadata.builder()
                                .fromMetadata(column.getMetadata())
                                .putString(name, value)
                                .build());
    }
}
