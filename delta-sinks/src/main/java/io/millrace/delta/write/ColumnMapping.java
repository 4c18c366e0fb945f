package io.millrace.delta.write;

import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.StructField;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Names and ids of a table's columns in its files (Delta protocol, "Column Mapping").
 *
 * @param mapped whether the table maps its columns
 */
record ColumnMapping(boolean mapped) {

    static final String MODE_PROPERTY = "delta.columnMapping.mode";
    private static final String PHYSICAL_NAME = "delta.columnMapping.physicalName";
    private static final String ID = "delta.columnMapping.id";

    static ColumnMapping of(Map<String, String> properties) {
        String mode = properties.getOrDefault(MODE_PROPERTY, "none");
        return new ColumnMapping(!mode.equalsIgnoreCase("none"));
    }

    String physicalName(StructField field) {
        if (!mapped) {
            return field.getName();
        }
        FieldMetadata metadata = field.getMetadata();
        if (!metadata.contains(PHYSICAL_NAME)) {
            throw new IllegalStateException(
                    "column " + field.getName() + " of a mapped table has no physical name");
        }
        return metadata.getString(PHYSICAL_NAME);
    }

    OptionalInt fieldId(StructField field) {
        return mapped && field.getMetadata().contains(ID)
                ? OptionalInt.of(Math.toIntExact(field.getMetadata().getLong(ID)))
                : OptionalInt.empty();
    }
}
