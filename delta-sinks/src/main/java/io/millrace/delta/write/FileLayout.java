package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.StorageOptions;
import io.millrace.delta.table.TableMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.RowType;

/**
 * How rows become files of a table.
 *
 * @param location of the table
 * @param storage how files there are reached
 * @param schema the table's logical schema
 * @param rowType the rows; each of its columns is a column of the schema, columns of the schema
 *     that it lacks are null
 * @param partitionColumns logical names
 * @param keyColumns logical names, empty without a key
 * @param properties table properties
 */
@Internal
public record FileLayout(
        String location,
        StorageOptions storage,
        StructType schema,
        RowType rowType,
        List<String> partitionColumns,
        List<String> keyColumns,
        Map<String, String> properties) {

    public FileLayout {
        requireNonNull(location, "location is null");
        requireNonNull(storage, "storage is null");
        requireNonNull(schema, "schema is null");
        requireNonNull(rowType, "rowType is null");
        partitionColumns = List.copyOf(partitionColumns);
        keyColumns = List.copyOf(keyColumns);
        properties = Map.copyOf(properties);
        for (String column : rowType.getFieldNames()) {
            if (schema.indexOf(column) < 0) {
                throw new IllegalArgumentException(
                        "%s: cannot write column %s: the table has %s. Name the columns of the query as in the table."
                                .formatted(location, column, schema.fieldNames()));
            }
        }
        for (String column : partitionColumns) {
            if (!rowType.getFieldNames().contains(column)) {
                throw new IllegalArgumentException(
                        "%s: cannot write rows without the partition column %s: they have %s."
                                .formatted(location, column, rowType.getFieldNames()));
            }
        }
    }

    public static FileLayout of(
            DeltaTable table, TableMetadata metadata, RowType rowType, List<String> keyColumns) {
        return new FileLayout(
                table.location(),
                table.storage(),
                metadata.schema(),
                rowType,
                metadata.partitionColumns(),
                keyColumns,
                metadata.properties());
    }

    /** With the writer's own options for files in the place of the table's. */
    FileLayout writtenBy(WriteSpec spec) {
        Map<String, String> all = new HashMap<>(properties);
        for (String option : FileOptions.ALL) {
            if (spec.properties().containsKey(option)) {
                all.put(option, spec.properties().get(option));
            }
        }
        return new FileLayout(
                location, storage, schema, rowType, partitionColumns, keyColumns, all);
    }

    FileOptions files() {
        return FileOptions.of(properties);
    }

    /** The order of rows within files; columns that the rows lack do not count. */
    RowOrder order() {
        List<SortColumn> columns = new ArrayList<>(files().sortBy());
        columns.removeIf(column -> !rowType.getFieldNames().contains(column.name()));
        return RowOrder.of(rowType, columns);
    }

    /**
     * The path in the file of a column, or of a field of a struct.
     *
     * @param name logical names with dots between them
     */
    String physicalPath(String name) {
        ColumnMapping mapping = mapping();
        StructType struct = schema;
        List<String> path = new ArrayList<>();
        for (String part : name.split("\\.", -1)) {
            int position = struct.indexOf(part);
            if (position < 0) {
                throw new IllegalArgumentException(
                        "%s: there is no column %s to make a bloom filter of: the table has %s. Correct the name."
                                .formatted(location, name, schema.fieldNames()));
            }
            StructField field = struct.at(position);
            path.add(mapping.physicalName(field));
            struct = field.getDataType() instanceof StructType nested ? nested : new StructType();
        }
        return String.join(".", path);
    }

    ColumnMapping mapping() {
        return ColumnMapping.of(properties);
    }

    /** Name of a column in files and in partition values. */
    public String physicalName(String column) {
        return mapping().physicalName(field(column));
    }

    StructField field(String column) {
        return schema.at(schema.indexOf(column));
    }

    /** The columns that stand in the files, in the order of the row type. */
    List<String> storedColumns() {
        List<String> stored = new ArrayList<>(rowType.getFieldNames());
        stored.removeAll(partitionColumns);
        if (stored.isEmpty()) {
            throw new IllegalArgumentException(
                    location + ": cannot write rows of which every column is a partition column");
        }
        return stored;
    }

    /** Names in files of the columns that stand in them. */
    List<String> storedNames() {
        ColumnMapping mapping = mapping();
        return storedColumns().stream().map(c -> mapping.physicalName(field(c))).toList();
    }
}
