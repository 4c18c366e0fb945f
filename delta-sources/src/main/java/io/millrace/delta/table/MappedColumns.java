package io.millrace.delta.table;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.Map;
import java.util.UUID;

/**
 * Gives the new columns of a table that maps its columns what they are known by in files (Delta
 * protocol, "Column Mapping"): an id, and a name that no file has. Kernel takes the column's own
 * name for it, under which the files may hold the values of one that was renamed or dropped.
 */
final class MappedColumns {

    static final String MODE = "delta.columnMapping.mode";
    private static final String MAX_ID = "delta.columnMapping.maxColumnId";
    private static final String ID = "delta.columnMapping.id";
    private static final String PHYSICAL_NAME = "delta.columnMapping.physicalName";

    private long maxId;

    private MappedColumns(long maxId) {
        this.maxId = maxId;
    }

    /**
     * @param properties of the table
     * @return the schema, as it is where the table does not map its columns
     */
    static StructType complete(StructType schema, Map<String, String> properties) {
        if (properties.getOrDefault(MODE, "none").equalsIgnoreCase("none")) {
            return schema;
        }
        MappedColumns columns =
                new MappedColumns(
                        Math.max(
                                Long.parseLong(properties.getOrDefault(MAX_ID, "0")),
                                greatestId(schema)));
        return columns.complete(schema);
    }

    private static long greatestId(DataType type) {
        if (type instanceof StructType struct) {
            return struct.fields().stream()
                    .mapToLong(
                            field ->
                                    Math.max(
                                            field.getMetadata().contains(ID)
                                                    ? field.getMetadata().getLong(ID)
                                                    : 0,
                                            greatestId(field.getDataType())))
                    .max()
                    .orElse(0);
        } else if (type instanceof ArrayType array) {
            return greatestId(array.getElementType());
        }
        return type instanceof MapType map
                ? Math.max(greatestId(map.getKeyType()), greatestId(map.getValueType()))
                : 0;
    }

    private StructType complete(StructType struct) {
        StructType complete = new StructType();
        for (StructField field : struct.fields()) {
            complete = complete.add(field.getMetadata().contains(ID) ? field : mapped(field));
        }
        return complete;
    }

    private StructField mapped(StructField field) {
        FieldMetadata metadata =
                FieldMetadata.builder()
                        .fromMetadata(field.getMetadata())
                        .putLong(ID, ++maxId)
                        .putString(PHYSICAL_NAME, "col-" + UUID.randomUUID())
                        .build();
        return new StructField(
                field.getName(), complete(field.getDataType()), field.isNullable(), metadata);
    }

    private DataType complete(DataType type) {
        if (type instanceof StructType struct) {
            return complete(struct);
        } else if (type instanceof ArrayType array) {
            return new ArrayType(complete(array.getElementType()), array.containsNull());
        }
        return type instanceof MapType map
                ? new MapType(
                        complete(map.getKeyType()),
                        complete(map.getValueType()),
                        map.isValueContainsNull())
                : type;
    }
}
