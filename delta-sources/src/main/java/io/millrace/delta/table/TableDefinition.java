package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.types.StructType;
import java.util.List;
import java.util.Map;

/** What a new table is made from. */
public record TableDefinition(
        StructType schema, List<String> partitionColumns, Map<String, String> properties) {

    public TableDefinition {
        requireNonNull(schema, "schema is null");
        partitionColumns = List.copyOf(partitionColumns);
        properties = Map.copyOf(properties);
    }
}
