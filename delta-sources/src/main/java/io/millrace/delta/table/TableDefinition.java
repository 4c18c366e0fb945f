package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.types.StructType;
import java.util.List;
import java.util.Map;

/**
 * What a new table is made from.
 *
 * @param description what the table is, in words; may be empty
 */
public record TableDefinition(
        StructType schema,
        List<String> partitionColumns,
        Map<String, String> properties,
        String description) {

    /** A table without a description. */
    public TableDefinition(
            StructType schema, List<String> partitionColumns, Map<String, String> properties) {
        this(schema, partitionColumns, properties, "");
    }

    public TableDefinition {
        requireNonNull(schema, "schema is null");
        requireNonNull(description, "description is null");
        partitionColumns = List.copyOf(partitionColumns);
        properties = Map.copyOf(properties);
    }
}
