package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.types.StructType;
import java.util.Optional;
import java.util.Set;

/**
 * What a commit changes of a table's metadata.
 *
 * @param schema the whole new schema; as it is where absent
 * @param description the new one; as it is where absent
 * @param unset properties that are taken away
 */
public record MetadataChange(
        Optional<StructType> schema, Optional<String> description, Set<String> unset) {

    public MetadataChange {
        requireNonNull(schema, "schema is null");
        requireNonNull(description, "description is null");
        unset = Set.copyOf(unset);
    }

    public static MetadataChange schema(StructType schema) {
        return new MetadataChange(Optional.of(schema), Optional.empty(), Set.of());
    }

    public static MetadataChange description(String description) {
        return new MetadataChange(Optional.empty(), Optional.of(description), Set.of());
    }

    public static MetadataChange unset(Set<String> properties) {
        return new MetadataChange(Optional.empty(), Optional.empty(), properties);
    }
}
