package io.millrace.delta.sink.sql;

import static org.apache.flink.configuration.description.TextElement.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.DescribedEnum;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.InlineElement;

/** The options of a Delta table that say how its files are written and what the table is like. */
@PublicEvolving
public final class DeltaWriteOptions {

    public static final ConfigOption<MemorySize> SINK_FILE_SIZE =
            ConfigOptions.key("sink.file-size")
                    .memoryType()
                    .noDefaultValue()
                    .withDescription(
                            "Size from which on a data file is closed and a new one begun: 128 mb "
                                    + "by default.");

    public static final ConfigOption<String> SINK_COMPRESSION =
            ConfigOptions.key("sink.compression")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "How pages are compressed: 'zstd' (the default, level 1), 'zstd(LEVEL)', "
                                    + "'snappy', 'gzip' or 'none'.");

    public static final ConfigOption<String> SINK_BLOOM_FILTERS =
            ConfigOptions.key("sink.bloom-filters")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Columns that get bloom filters, separated by commas: COLUMN, "
                                    + "COLUMN:FPP or COLUMN:FPP:NDV, with the rate of false positives "
                                    + "(0.01 by default) and the number of distinct values in a row "
                                    + "group (counted by default).");

    public static final ConfigOption<String> SINK_SORT_BY =
            ConfigOptions.key("sink.sort-by")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Columns that rows within files are sorted by, separated by commas: "
                                    + "COLUMN, COLUMN ASC (nulls first) or COLUMN DESC (nulls last). "
                                    + "Sorted together is what one writer writes at a checkpoint, as "
                                    + "far as it fits into 'sink.changes-memory'.");

    public static final ConfigOption<String> SINK_STATISTICS_COLUMNS =
            ConfigOptions.key("sink.statistics-columns")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Columns that have statistics in the log, fields of structs after dots, "
                                    + "separated by commas, or how many of the first ones: 32 by "
                                    + "default, -1 for all.");

    public static final ConfigOption<String> SINK_FEATURES =
            ConfigOptions.key("sink.features")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Features that a table which is made here has besides change feed and "
                                    + "deletion vectors, separated by commas: 'column-mapping', "
                                    + "'in-commit-timestamps', 'row-tracking', 'v2-checkpoints'. A "
                                    + "table that is there must have them.");

    public static final ConfigOption<SchemaEvolution> SINK_SCHEMA_EVOLUTION =
            ConfigOptions.key("sink.schema-evolution")
                    .enumType(SchemaEvolution.class)
                    .defaultValue(SchemaEvolution.REFUSE)
                    .withDescription("What becomes of columns that the table lacks.");

    public static final ConfigOption<Map<String, String>> SINK_PROPERTIES =
            ConfigOptions.key("sink.properties")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription(
                            "Further properties of a table that is made here, as "
                                    + "'sink.properties.NAME' = 'VALUE'. A table that is there must "
                                    + "have them.");

    private DeltaWriteOptions() {}

    /** All of them, in the order of the documentation. */
    public static List<ConfigOption<?>> all() {
        return List.of(
                SINK_FILE_SIZE,
                SINK_COMPRESSION,
                SINK_BLOOM_FILTERS,
                SINK_SORT_BY,
                SINK_STATISTICS_COLUMNS,
                SINK_FEATURES,
                SINK_SCHEMA_EVOLUTION,
                SINK_PROPERTIES);
    }

    /** What becomes of columns that the table lacks. */
    public enum SchemaEvolution implements DescribedEnum {
        REFUSE("The job does not start; the message names every difference."),
        ADD_COLUMNS(
                "Nullable columns at the end of the rows are added to the table when the job "
                        + "starts. The table must map its columns ('column-mapping'): Delta Kernel "
                        + "changes no other schema. All else is refused.");

        private final String description;

        SchemaEvolution(String description) {
            this.description = description;
        }

        @Override
        public InlineElement getDescription() {
            return text(description);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
