package io.millrace.delta.source.sql;

import static org.apache.flink.configuration.description.TextElement.text;

import io.millrace.delta.source.OtherChanges;
import io.millrace.delta.source.ReadLimits;
import io.millrace.delta.source.ReadMode;
import java.util.List;
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

    public static final ConfigOption<ReadMode> SCAN_MODE =
            ConfigOptions.key("scan.mode")
                    .enumType(ReadMode.class)
                    .noDefaultValue()
                    .withDescription(
                            "What the rows mean. By default 'snapshot' in batch mode and with "
                                    + "'scan.version' or 'scan.timestamp', else 'changelog', or "
                                    + "'append-only' where the table has no change feed.");

    public static final ConfigOption<OtherChanges> SCAN_ON_OTHER_CHANGES =
            ConfigOptions.key("scan.append-only.on-other-changes")
                    .enumType(OtherChanges.class)
                    .defaultValue(OtherChanges.FAIL)
                    .withDescription(
                            "What an append-only read does with a commit that updates or deletes "
                                    + "rows.");

    public static final ConfigOption<Long> SCAN_VERSION =
            ConfigOptions.key("scan.version")
                    .longType()
                    .noDefaultValue()
                    .withDescription("Time travel: the version whose rows are read.");

    public static final ConfigOption<String> SCAN_TIMESTAMP =
            ConfigOptions.key("scan.timestamp")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Time travel: the rows are those of the last version committed at this "
                                    + "time or before. As all times, an instant "
                                    + "('2026-03-01T12:00:00Z') or local in the session's time "
                                    + "zone ('2026-03-01 12:00:00').");

    public static final ConfigOption<StartupMode> SCAN_STARTUP_MODE =
            ConfigOptions.key("scan.startup.mode")
                    .enumType(StartupMode.class)
                    .noDefaultValue()
                    .withDescription(
                            "Where a source without restored state begins. Need not be given with "
                                    + "'scan.start-version', 'scan.start-timestamp' or "
                                    + "'scan.cursor'; else 'snapshot' by default, 'earliest' "
                                    + "with the mode 'feed'.");

    public static final ConfigOption<Long> SCAN_START_VERSION =
            ConfigOptions.key("scan.start-version")
                    .longType()
                    .noDefaultValue()
                    .withDescription("The first version whose changes are read.");

    public static final ConfigOption<String> SCAN_START_TIMESTAMP =
            ConfigOptions.key("scan.start-timestamp")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The changes of versions committed at this time or later are read.");

    public static final ConfigOption<String> SCAN_CURSOR =
            ConfigOptions.key("scan.cursor")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "A consumer (pipeline) of the table: the changes after those that it "
                                    + "has recorded are read.");

    public static final ConfigOption<Long> SCAN_END_VERSION =
            ConfigOptions.key("scan.end-version")
                    .longType()
                    .noDefaultValue()
                    .withDescription(
                            "The last version whose changes are read; the source ends after it. "
                                    + "A streaming source waits for it, a batch source refuses "
                                    + "one that is not there.");

    public static final ConfigOption<String> SCAN_END_TIMESTAMP =
            ConfigOptions.key("scan.end-timestamp")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The changes of versions committed at this time or before are read; "
                                    + "the source ends after them, at the latest after the newest "
                                    + "version when it starts.");

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
                                    + "in memory; the others are on its local disk.");

    public static final ConfigOption<Long> SCAN_MAX_FILES_PER_SECOND =
            ConfigOptions.key("scan.max-files-per-second")
                    .longType()
                    .noDefaultValue()
                    .withDescription(
                            "How many files, or parts of files, a source takes up in a second, over "
                                    + "all its readers; unlimited by default.");

    public static final ConfigOption<MemorySize> SCAN_MAX_BYTES_PER_SECOND =
            ConfigOptions.key("scan.max-bytes-per-second")
                    .memoryType()
                    .noDefaultValue()
                    .withDescription(
                            "How many bytes of files, as they are stored, a source takes up in a "
                                    + "second, over all its readers; unlimited by default.");

    public static final ConfigOption<MemorySize> SCAN_MAX_BYTES_AHEAD =
            ConfigOptions.key("scan.max-bytes-ahead")
                    .memoryType()
                    .defaultValue(MemorySize.parse("1gb"))
                    .withDescription(
                            "How many bytes of files of later versions readers take up while another "
                                    + "still reads a version: their rows wait for it, on disk and "
                                    + "in checkpoints.");

    public static final ConfigOption<MemorySize> SCAN_SPLIT_SIZE =
            ConfigOptions.key("scan.split-size")
                    .memoryType()
                    .defaultValue(new MemorySize(ReadLimits.USUAL_BYTES_PER_SPLIT))
                    .withDescription(
                            "Files that are larger are cut into parts of about this size, which "
                                    + "several readers share. A part holds whole row groups.");

    private DeltaSourceOptions() {}

    /** All options of a source, in the order of the documentation. */
    public static List<ConfigOption<?>> all() {
        return List.of(
                PATH,
                DATASET,
                SCAN_MODE,
                SCAN_ON_OTHER_CHANGES,
                SCAN_VERSION,
                SCAN_TIMESTAMP,
                SCAN_STARTUP_MODE,
                SCAN_START_VERSION,
                SCAN_START_TIMESTAMP,
                SCAN_CURSOR,
                SCAN_END_VERSION,
                SCAN_END_TIMESTAMP,
                SCAN_CONSISTENCY,
                SCAN_HELD_MEMORY,
                SCAN_MAX_FILES_PER_SECOND,
                SCAN_MAX_BYTES_PER_SECOND,
                SCAN_MAX_BYTES_AHEAD,
                SCAN_SPLIT_SIZE);
    }

    /** Where a source without restored state begins. */
    public enum StartupMode implements DescribedEnum {
        SNAPSHOT("All rows of one version, then the changes of every later version."),
        EARLIEST(
                "The changes of the first version whose changes can be read, and of every later one."),
        LATEST("The changes of versions committed after the start."),
        VERSION("The changes of 'scan.start-version' and of every later version."),
        TIMESTAMP("The changes of versions committed at 'scan.start-timestamp' or later."),
        CURSOR("The changes after those that the consumer 'scan.cursor' has recorded.");

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
