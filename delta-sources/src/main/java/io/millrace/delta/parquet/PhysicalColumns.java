package io.millrace.delta.parquet;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.millrace.delta.table.TableMetadata;
import java.util.Locale;
import org.apache.flink.annotation.Internal;

/**
 * How a table's columns stand in its files: under their own names, or under physical names and
 * field ids where the table maps columns (Delta protocol, "Column Mapping").
 */
@Internal
public final class PhysicalColumns {

    private static final String MODE = "delta.columnMapping.mode";
    private static final String PHYSICAL_NAME = "delta.columnMapping.physicalName";
    private static final String ID = "delta.columnMapping.id";
    private static final String PARQUET_FIELD_ID = "parquet.field.id";

    private enum Mode {
        NONE,
        NAME,
        ID
    }

    private final Mode mode;

    public PhysicalColumns(TableMetadata metadata) {
        String declared = metadata.properties().getOrDefault(MODE, "none");
        this.mode = Mode.valueOf(declared.toUpperCase(Locale.ROOT));
    }

    /** The name of a column, or of a field at any depth, in files and statistics. */
    public String nameOf(StructField field) {
        return mode != Mode.NONE && field.getMetadata().contains(PHYSICAL_NAME)
                ? field.getMetadata().getString(PHYSICAL_NAME)
                : field.getName();
    }

    StructField physical(StructField field) {
        FieldMetadata metadata = FieldMetadata.empty();
        if (mode == Mode.ID && field.getMetadata().contains(ID)) {
            long id = field.getMetadata().getLong(ID);
            metadata = FieldMetadata.builder().putLong(PARQUET_FIELD_ID, id).build();
        }
        return new StructField(nameOf(field), physical(field.getDataType()), true, metadata);
    }

    /** Strings are asked for as bytes, which spares decoding them. */
    private DataType physical(DataType type) {
        if (type instanceof StringType) {
            return BinaryType.BINARY;
        } else if (type instanceof StructType struct) {
            return new StructType(struct.fields().stream().map(this::physical).toList());
        } else if (type instanceof ArrayType array) {
            return new ArrayType(physical(array.getElementType()), array.containsNull());
        } else if (type instanceof MapType map) {
            return new MapType(
                    physical(map.getKeyType()),
                    physical(map.getValueType()),
                    map.isValueContainsNull());
        }
        return type;
    }
}
