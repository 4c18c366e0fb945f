package io.millrace.delta.source.metadata;

import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.millrace.delta.table.TableMetadata;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * From the names that stand in statistics and partition values, which are physical where a table
 * maps columns (Delta protocol, "Column Mapping"), to those of the table's columns. Fields of
 * structs are written with dots.
 */
final class LogicalNames {

    private static final String PHYSICAL_NAME = "delta.columnMapping.physicalName";

    private final Map<String, String> names = new HashMap<>();

    LogicalNames(TableMetadata metadata) {
        add(metadata.schema(), "", "");
    }

    /** A name that no column has stays as it is. */
    String of(String physical) {
        return names.getOrDefault(physical, physical);
    }

    <T> Map<String, T> ofColumns(Map<String, T> byPhysicalName) {
        Map<String, T> byName = new LinkedHashMap<>();
        byPhysicalName.forEach((name, value) -> byName.put(of(name), value));
        return byName;
    }

    private void add(StructType type, String physicalPrefix, String prefix) {
        for (StructField field : type.fields()) {
            String physical =
                    field.getMetadata().contains(PHYSICAL_NAME)
                            ? field.getMetadata().getString(PHYSICAL_NAME)
                            : field.getName();
            names.put(physicalPrefix + physical, prefix + field.getName());
            if (field.getDataType() instanceof StructType struct) {
                add(struct, physicalPrefix + physical + ".", prefix + field.getName() + ".");
            }
        }
    }
}
