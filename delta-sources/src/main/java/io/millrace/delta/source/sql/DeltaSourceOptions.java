package io.millrace.delta.source.sql;

import static org.apache.flink.configuration.description.TextElement.text;

import java.util.Locale;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.DescribedEnum;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.InlineElement;

/** The options of a Delta table that is read; what changes from run to run is not among them. */
@PublicEvolving
public final class DeltaSourceOptions {

    public static final ConfigOption<String> PATH =
            ConfigOptions.key("path")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Where the table lies: a local path or a URI. Required.");

    public static final ConfigOption<String> DATASET =
            ConfigOptions.key("dataset")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The identity of the table in a job: operator ids, progress and the versions "
                                    + "recorded in commits go by it. The last segment of the path "
                                    + "where it is not given.");

    public static final ConfigOption<StartupMode> SCAN_STARTUP_MODE =
            ConfigOptions.key("scan.startup.mode")
                    .enumType(StartupMode.class)
                    .defaultValue(StartupMode.SNAPSHOT)
                    .withDescription("Where a source without restored state begins.");

    public static final ConfigOption<Long> SCAN_START_VERSION =
            ConfigOptions.key("scan.start-version")
                    .longType()
                    .noDefaultValue()
                    .withDescription(
                            "The first version whose changes are read with the startup mode 'version'.");

    public static final ConfigOption<Consistency> SCAN_CONSISTENCY =
            ConfigOptions.key("scan.consistency")
                    .enumType(Consistency.class)
                    .defaultValue(Consistency.VERSION)
                    .withDescription("What a committed result may rely on.");

    public static final ConfigOption<MemorySize> SCAN_HELD_MEMORY =
            ConfigOptions.key("scan.held-memory")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription(
                            "Rows of versions that are not complete: how much of them a subtask keeps "
                                    + "in memory between checkpoints before they go to the state "
                                    + "backend.");

    private DeltaSourceOptions() {}

    /** Where a source without restored state begins. */
    public enum StartupMode implements DescribedEnum {
        SNAPSHOT("All rows of one version, then the changes of every later version."),
        LATEST("The changes of versions committed after the start."),
        VERSION("The changes of 'scan.start-version' and of every later version.");

        private final String description;

        StartupMode(String description) {
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

    /** What a committed result may rely on. */
    public enum Consistency implements DescribedEnum {
        VERSION(
                "Every committed result is computed from exactly one version of each source; "
                        + "checkpoints that cannot hold this are refused."),
        EVENTUAL("Any checkpoint setting is accepted; a result may hold a part of a version.");

        private final String description;

        Consistency(String description) {
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
