package io.millrace.delta.sink.sql;

import static org.apache.flink.configuration.description.TextElement.text;

import java.util.Locale;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.DescribedEnum;
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
                                    + "'<pipeline>/<dataset>' by default, outside of pipelines "
                                    + "'<run>/<dataset>'.");

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
}
