package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a table's {@code metaData} action says.
 *
 * @param id never changes while the table lives; another id at the same place is another table
 * @param schema logical schema; column mapping stands in the metadata of its fields
 * @param partitionColumns logical names
 * @param properties table properties
 * @param description what the table is, in words; empty where nothing is said
 */
public record TableMetadata(
        String id,
        StructType schema,
        List<String> partitionColumns,
        Map<String, String> properties,
        String description) {

    /**
     * Table property in which our sink records the primary key: column names, separated by commas.
     */
    public static final String KEY_PROPERTY = "millrace.key";

    /** Under this name the metadata of a column says its semantic kind. */
    public static final String COLUMN_KIND = "millrace.kind";

    /** Under this name the metadata of a column says in words what it holds, as in Spark. */
    public static final String COLUMN_COMMENT = "comment";

    /** Of a table without a description. */
    public TableMetadata(
            String id,
            StructType schema,
            List<String> partitionColumns,
            Map<String, String> properties) {
        this(id, schema, partitionColumns, properties, "");
    }

    public TableMetadata {
        requireNonNull(id, "id is null");
        requireNonNull(description, "description is null");
        requireNonNull(schema, "schema is null");
        partitionColumns = List.copyOf(partitionColumns);
        properties = Map.copyOf(properties);
    }

    public boolean changeFeedEnabled() {
        return isTrue("delta.enableChangeDataFeed");
    }

    public boolean deletionVectorsEnabled() {
        return isTrue("delta.enableDeletionVectors");
    }

    /** Whether rows have ids that stay when rows move ("Row Tracking"). */
    public boolean tracksRows() {
        return isTrue("delta.enableRowTracking");
    }

    /** The declared primary key, empty where none is recorded. */
    public List<String> key() {
        String key = properties.getOrDefault(KEY_PROPERTY, "");
        return key.isBlank() ? List.of() : Arrays.stream(key.split(",")).map(String::trim).toList();
    }

    /** The semantic kinds that columns record, by column; those without one are left out. */
    public Map<String, String> columnKinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        for (StructField column : schema.fields()) {
            if (column.getMetadata().contains(COLUMN_KIND)) {
                kinds.put(column.getName(), column.getMetadata().getString(COLUMN_KIND));
            }
        }
        return kinds;
    }

    private boolean isTrue(String property) {
        return "true".equalsIgnoreCase(properties.get(property));
    }
}
