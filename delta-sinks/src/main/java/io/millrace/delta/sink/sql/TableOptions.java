package io.millrace.delta.sink.sql;

import io.millrace.delta.commit.TargetPreparation;
import io.millrace.delta.sink.sql.DeltaWriteOptions.SchemaEvolution;
import io.millrace.delta.table.StorageOptions;
import io.millrace.delta.write.WriteSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.logical.RowType;

/** What table options say about files, features and properties of a target. */
final class TableOptions {

    private static final Map<String, Map<String, String>> FEATURES =
            Map.of(
                    "column-mapping", Map.of("delta.columnMapping.mode", "name"),
                    "in-commit-timestamps", Map.of("delta.enableInCommitTimestamps", "true"),
                    "v2-checkpoints", Map.of("delta.checkpointPolicy", "v2"),
                    "row-tracking", Map.of("delta.enableRowTracking", "true"));

    /** Features that a user may ask for and that are not written; why. */
    private static final Map<String, String> NOT_WRITTEN =
            Map.of(
                    "type-widening", "Delta Kernel cannot change the type of a column",
                    "iceberg-compat", "it does not go with deletion vectors",
                    "clustering", "files are not clustered here",
                    "variant-shredding", "variants are not written",
                    "check-constraints", "constraints are not evaluated here",
                    "generated-columns", "expressions are not evaluated here",
                    "identity-columns", "values are not generated here");

    /** Options of sink and spec that have an option of their own. */
    private static final Set<String> OWN_OPTION =
            Set.of("delta.enableChangeDataFeed", "delta.enableDeletionVectors", "millrace.key");

    /** What the names of Delta's own properties begin with; they may stand among the options. */
    static final String DELTA_PROPERTIES = "delta.";

    private TableOptions() {}

    /**
     * What is written to a table as a catalog has it.
     *
     * @param key columns that rows replace each other by; empty where they are appended
     * @throws ValidationException naming the dataset and what cannot be
     */
    static WriteSpec spec(
            String dataset,
            String location,
            StorageOptions storage,
            List<String> key,
            ResolvedCatalogTable table) {
        ResolvedSchema schema = table.getResolvedSchema();
        Map<String, String> comments = new TreeMap<>();
        for (Column column : schema.getColumns()) {
            if (column.isPhysical()) {
                column.getComment().ifPresent(text -> comments.put(column.getName(), text));
            }
        }
        WriteSpec spec =
                WriteSpec.of(
                                location,
                                (RowType) schema.toPhysicalRowDataType().getLogicalType(),
                                key)
                        .storedIn(storage)
                        .partitionedBy(table.getPartitionKeys())
                        .withComments(
                                table.getComment() == null ? "" : table.getComment(), comments);
        return apply(spec, table.getOptions(), dataset);
    }

    /**
     * The spec with what the options say.
     *
     * @throws ValidationException naming the dataset and what cannot be
     */
    private static WriteSpec apply(
            WriteSpec spec, Map<String, String> tableOptions, String dataset) {
        ReadableConfig options = Configuration.fromMap(tableOptions);
        WriteSpec kinds = spec.withColumnKinds(options.get(DeltaSinkOptions.SINK_COLUMN_KINDS));
        Map<String, String> properties = new TreeMap<>();
        properties.put(
                WriteSpec.DELETION_VECTORS,
                options.get(DeltaSinkOptions.SINK_DELETION_VECTORS).toString());
        properties.put(
                WriteSpec.CHANGE_FEED, options.get(DeltaSinkOptions.SINK_CHANGE_FEED).toString());
        for (var property : options.get(DeltaWriteOptions.SINK_PROPERTIES).entrySet()) {
            if (OWN_OPTION.contains(property.getKey())) {
                throw new ValidationException(
                        "%s: property %s cannot be set as such. Use the options for it."
                                .formatted(dataset, property.getKey()));
            }
            properties.put(property.getKey(), property.getValue());
        }
        options.getOptional(DeltaWriteOptions.SINK_FEATURES)
                .ifPresent(names -> properties.putAll(features(dataset, names)));
        options.getOptional(DeltaWriteOptions.SINK_STATISTICS_COLUMNS)
                .ifPresent(columns -> properties.putAll(statistics(columns.trim())));
        if (options.get(DeltaWriteOptions.SINK_SCHEMA_EVOLUTION) == SchemaEvolution.ADD_COLUMNS) {
            properties.put(TargetPreparation.EVOLUTION, TargetPreparation.ADD_COLUMNS);
        }
        tableOptions.forEach(
                (key, value) -> {
                    if (key.startsWith(DELTA_PROPERTIES)) {
                        properties.put(key, value);
                    }
                });
        try {
            WriteSpec result = kinds;
            for (var property : properties.entrySet()) {
                result = result.withProperty(property.getKey(), property.getValue());
            }
            var size = options.getOptional(DeltaWriteOptions.SINK_FILE_SIZE);
            if (size.isPresent()) {
                result = result.withFileSize(size.get().getBytes());
            }
            var compression = options.getOptional(DeltaWriteOptions.SINK_COMPRESSION);
            if (compression.isPresent()) {
                result = result.compressedBy(compression.get());
            }
            var order = options.getOptional(DeltaWriteOptions.SINK_SORT_BY);
            if (order.isPresent()) {
                result = result.sortedBy(order.get());
            }
            var filters = options.getOptional(DeltaWriteOptions.SINK_BLOOM_FILTERS);
            if (filters.isPresent()) {
                result = result.withBloomFilters(filters.get());
            }
            return result;
        } catch (IllegalArgumentException e) {
            throw new ValidationException(
                    "%s: cannot be written as asked for: %s.".formatted(dataset, e.getMessage()),
                    e);
        }
    }

    private static Map<String, String> features(String dataset, String names) {
        Map<String, String> properties = new TreeMap<>();
        for (String name : Arrays.stream(names.split("[,;]")).map(String::trim).toList()) {
            if (NOT_WRITTEN.containsKey(name)) {
                throw new ValidationException(
                        "%s: feature '%s' cannot be written: %s. Leave it out."
                                .formatted(dataset, name, NOT_WRITTEN.get(name)));
            }
            if (!FEATURES.containsKey(name)) {
                throw new ValidationException(
                        "%s: there is no feature '%s': it is one of %s."
                                .formatted(
                                        dataset,
                                        name,
                                        FEATURES.keySet().stream().sorted().toList()));
            }
            properties.putAll(FEATURES.get(name));
        }
        return properties;
    }

    private static Map<String, String> statistics(String columns) {
        return columns.matches("-?\\d+")
                ? Map.of("delta.dataSkippingNumIndexedCols", columns)
                : Map.of("delta.dataSkippingStatsColumns", columns);
    }
}
