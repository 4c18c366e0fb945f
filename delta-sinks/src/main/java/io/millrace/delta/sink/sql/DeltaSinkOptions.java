package io.millrace.delta.sink.sql;

import static org.apache.flink.configuration.description.TextElement.text;

import io.millrace.delta.write.WriterMemory;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.DescribedEnum;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.InlineElement;

/**
 * The options of a Delta table that is written; {@code path} and {@code dataset} as for reading.
 */
@PublicEvolving
public final class DeltaSinkOptions {

    public static final ConfigOption<String> SINK_ID =
            ConfigOptions.key("sink.id")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Id of the sink's transactions: whoever commits with it owns the sink. "
                                    + "'<pipeline>/<dataset>' by default, outside of pipelines that "
                                    + "of the state, else '<run>/<dataset>', else '<job>/<dataset>'.");

    public static final ConfigOption<Mode> SINK_MODE =
            ConfigOptions.key("sink.mode")
                    .enumType(Mode.class)
                    .noDefaultValue()
                    .withDescription(
                            "What becomes of a row whose key is in the table already. 'upsert' by "
                                    + "default where the table has a primary key.");

    public static final ConfigOption<Boolean> SINK_DELETION_VECTORS =
            ConfigOptions.key("sink.deletion-vectors")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether a table that is made here marks deleted rows by deletion "
                                    + "vectors. Without them each commit writes the files anew of "
                                    + "which it changes rows.");

    public static final ConfigOption<Boolean> SINK_CHANGE_FEED =
            ConfigOptions.key("sink.change-feed")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription("Whether a table that is made here has a change feed.");

    public static final ConfigOption<OverwriteScope> SINK_OVERWRITE =
            ConfigOptions.key("sink.overwrite")
                    .enumType(OverwriteScope.class)
                    .defaultValue(OverwriteScope.PARTITIONS)
                    .withDescription(
                            "What INSERT OVERWRITE replaces of a partitioned table where its "
                                    + "PARTITION clause, if any, names more than one partition.");

    public static final ConfigOption<InputChanges> SINK_INPUT =
            ConfigOptions.key("sink.input")
                    .enumType(InputChanges.class)
                    .defaultValue(InputChanges.ALL)
                    .withDescription(
                            "Which changes an upserting streaming sink asks the planner for.");

    public static final ConfigOption<Map<String, String>> SINK_COLUMN_KINDS =
            ConfigOptions.key("sink.column-kinds")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription(
                            "Semantic kinds of columns, such as 'src:node_id,dst:node_id'; a table "
                                    + "that is made here keeps them in the metadata of its columns. "
                                    + "Pipelines set it.");

    public static final ConfigOption<MemorySize> SINK_CHANGES_MEMORY =
            ConfigOptions.key("sink.changes-memory")
                    .memoryType()
                    .defaultValue(new MemorySize(WriterMemory.DEFAULT.changes()))
                    .withDescription(
                            "Changes of a checkpoint by key: how much of them each writer keeps in "
                                    + "memory, at most an eighth of the heap; the others are on its "
                                    + "local disk.");

    public static final ConfigOption<MemorySize> SINK_INDEX_MEMORY =
            ConfigOptions.key("sink.index-memory")
                    .memoryType()
                    .defaultValue(new MemorySize(WriterMemory.DEFAULT.index()))
                    .withDescription(
                            "The index of keys: how much of it each writer keeps in memory, at "
                                    + "most a quarter of the heap. A larger one goes to its local "
                                    + "disk, which takes longer and is logged.");

    private DeltaSinkOptions() {}

    /** What becomes of a row whose key is in the table already. */
    public enum Mode implements DescribedEnum {
        UPSERT("The row takes the place of the one with the same primary key."),
        APPEND("The row is added; updates and deletes are refused when planning.");

        private final String description;

        Mode(String description) {
            this.description = description;
        }

        @Override
        public InlineElement getDescription() {
            return text(description);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What INSERT OVERWRITE replaces. */
    public enum OverwriteScope implements DescribedEnum {
        PARTITIONS("The partitions that the input has rows of."),
        TABLE("The whole table, or everything that the PARTITION clause names.");

        private final String description;

        OverwriteScope(String description) {
            this.description = description;
        }

        @Override
        public InlineElement getDescription() {
            return text(description);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which changes a sink takes. */
    public enum InputChanges implements DescribedEnum {
        ALL(
                "Rows that go and rows that come, in any order; two live rows of one key are an error."),
        UPSERT(
                "No pre-images: the last change of a key in arrival order counts. What goes is "
                        + "read from the table. ON CONFLICT can be said.");

        private final String description;

        InputChanges(String description) {
            this.description = description;
        }

        @Override
        public InlineElement getDescription() {
            return text(description);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
