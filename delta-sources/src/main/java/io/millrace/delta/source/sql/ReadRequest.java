package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.OtherChanges;
import io.millrace.delta.source.ReadMode;
import io.millrace.delta.source.sql.DeltaSourceOptions.StartupMode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;

/**
 * What a scan's options ask for, before the table is looked at; what contradicts itself is refused.
 *
 * @param batch whether the job is a batch job
 * @param mode what the rows mean, if that is said or follows
 * @param startup where to begin, if that is said or follows
 */
record ReadRequest(
        String dataset,
        boolean batch,
        Optional<ReadMode> mode,
        Optional<Long> version,
        Optional<Instant> timestamp,
        Optional<StartupMode> startup,
        Optional<Long> startVersion,
        Optional<Instant> startTimestamp,
        Optional<String> cursor,
        Optional<Long> endVersion,
        Optional<Instant> endTimestamp,
        OtherChanges otherChanges) {

    ReadRequest {
        requireNonNull(dataset, "dataset is null");
        requireNonNull(otherChanges, "otherChanges is null");
    }

    /**
     * @throws ValidationException where the options contradict each other
     */
    static ReadRequest of(String dataset, ReadableConfig options, ReadableConfig session) {
        ReadRequest request =
                new ReadRequest(
                        dataset,
                        session.get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH,
                        options.getOptional(DeltaSourceOptions.SCAN_MODE),
                        version(dataset, DeltaSourceOptions.SCAN_VERSION, options),
                        time(dataset, DeltaSourceOptions.SCAN_TIMESTAMP, options, session),
                        startup(dataset, options),
                        version(dataset, DeltaSourceOptions.SCAN_START_VERSION, options),
                        time(dataset, DeltaSourceOptions.SCAN_START_TIMESTAMP, options, session),
                        options.getOptional(DeltaSourceOptions.SCAN_CURSOR),
                        version(dataset, DeltaSourceOptions.SCAN_END_VERSION, options),
                        time(dataset, DeltaSourceOptions.SCAN_END_TIMESTAMP, options, session),
                        options.get(DeltaSourceOptions.SCAN_ON_OTHER_CHANGES));
        request.check();
        return request;
    }

    /** The same of one version, whatever the kind of job. */
    ReadRequest ofOneVersion() {
        return new ReadRequest(
                dataset,
                batch,
                Optional.of(ReadMode.SNAPSHOT),
                version,
                timestamp,
                startup,
                startVersion,
                startTimestamp,
                cursor,
                endVersion,
                endTimestamp,
                otherChanges);
    }

    /** Whether the rows of one version, named by the options, are asked for. */
    boolean timeTravel() {
        return version.isPresent() || timestamp.isPresent();
    }

    boolean hasStartOrEnd() {
        return startup.isPresent() || endVersion.isPresent() || endTimestamp.isPresent();
    }

    private void check() {
        both(
                version,
                DeltaSourceOptions.SCAN_VERSION,
                timestamp,
                DeltaSourceOptions.SCAN_TIMESTAMP);
        both(
                endVersion,
                DeltaSourceOptions.SCAN_END_VERSION,
                endTimestamp,
                DeltaSourceOptions.SCAN_END_TIMESTAMP);
        if (timeTravel() && mode.isPresent() && mode.get() != ReadMode.SNAPSHOT) {
            throw refused(
                    "'scan.mode' is '%s', but '%s' asks for the rows of one version"
                            .formatted(mode.get(), travelOption().key()),
                    "Leave one of them out");
        }
        if ((timeTravel() || mode.equals(Optional.of(ReadMode.SNAPSHOT))) && hasStartOrEnd()) {
            throw refused(
                    "the rows of one version are asked for, and a start or an end of changes",
                    "Leave out the options 'scan.start...' and 'scan.end...', or 'scan.mode', 'scan.version' and 'scan.timestamp'");
        }
        if (batch && mode.isEmpty() && hasStartOrEnd()) {
            throw refused(
                    "in batch mode its rows are those of one version, but a start or an end of changes is set",
                    "Set 'scan.mode' to 'feed' to read changes, or to 'append-only' to read inserted rows");
        }
        if (batch && mode.equals(Optional.of(ReadMode.CHANGELOG))) {
            throw refused(
                    "a batch job has no changelogs, but 'scan.mode' is 'changelog'",
                    "Set it to 'feed' to have the change type as a column, or use streaming mode");
        }
        if (batch && startup.equals(Optional.of(StartupMode.LATEST))) {
            throw refused(
                    "a batch job ends with the newest version, but 'scan.startup.mode' is 'latest'",
                    "Start at a version");
        }
        if (startVersion.isPresent()
                && endVersion.isPresent()
                && startVersion.get() > endVersion.get()) {
            throw backwards(startVersion.get(), endVersion.get());
        }
        if (startTimestamp.isPresent()
                && endTimestamp.isPresent()
                && startTimestamp.get().isAfter(endTimestamp.get())) {
            throw backwards(startTimestamp.get(), endTimestamp.get());
        }
    }

    private ConfigOption<?> travelOption() {
        return version.isPresent()
                ? DeltaSourceOptions.SCAN_VERSION
                : DeltaSourceOptions.SCAN_TIMESTAMP;
    }

    private void both(
            Optional<?> one, ConfigOption<?> oneOption, Optional<?> other, ConfigOption<?> option) {
        if (one.isPresent() && other.isPresent()) {
            throw refused(
                    "'%s' and '%s' are both set".formatted(oneOption.key(), option.key()),
                    "Set one of them");
        }
    }

    private ValidationException backwards(Object start, Object end) {
        return refused(
                "the start %s is after the end %s".formatted(start, end),
                "Start at most at the end");
    }

    private ValidationException refused(String why, String todo) {
        return refused(dataset, why, todo);
    }

    private static ValidationException refused(String dataset, String why, String todo) {
        return new ValidationException("%s: cannot be read: %s. %s.".formatted(dataset, why, todo));
    }

    private static Optional<StartupMode> startup(String dataset, ReadableConfig options) {
        Map<StartupMode, ConfigOption<?>> given = new EnumMap<>(StartupMode.class);
        for (StartupMode mode : StartupMode.values()) {
            optionOf(mode)
                    .filter(option -> options.getOptional(option).isPresent())
                    .ifPresent(option -> given.put(mode, option));
        }
        if (given.size() > 1) {
            throw refused(
                    dataset,
                    given.values().stream()
                                    .map(option -> "'" + option.key() + "'")
                                    .collect(Collectors.joining(" and "))
                            + " are set",
                    "Set one of them");
        }
        Optional<StartupMode> inferred = given.keySet().stream().findFirst();
        Optional<StartupMode> startup =
                options.getOptional(DeltaSourceOptions.SCAN_STARTUP_MODE).or(() -> inferred);
        inferred.filter(mode -> mode != startup.get())
                .ifPresent(
                        mode -> {
                            throw refused(
                                    dataset,
                                    "'scan.startup.mode' is '%s', but '%s' is set"
                                            .formatted(startup.get(), given.get(mode).key()),
                                    "Leave one of them out");
                        });
        Optional<ConfigOption<?>> needed = startup.flatMap(ReadRequest::optionOf);
        if (needed.isPresent() && inferred.isEmpty()) {
            throw refused(
                    dataset,
                    "'scan.startup.mode' is '%s', but '%s' is not set"
                            .formatted(startup.get(), needed.get().key()),
                    "Set it");
        }
        return startup;
    }

    private static Optional<ConfigOption<?>> optionOf(StartupMode mode) {
        return switch (mode) {
            case VERSION -> Optional.of(DeltaSourceOptions.SCAN_START_VERSION);
            case TIMESTAMP -> Optional.of(DeltaSourceOptions.SCAN_START_TIMESTAMP);
            case CURSOR -> Optional.of(DeltaSourceOptions.SCAN_CURSOR);
            case SNAPSHOT, EARLIEST, LATEST -> Optional.empty();
        };
    }

    private static Optional<Long> version(
            String dataset, ConfigOption<Long> option, ReadableConfig options) {
        Optional<Long> version = options.getOptional(option);
        if (version.isPresent() && version.get() < 0) {
            throw refused(
                    dataset,
                    "'%s' is negative: %d".formatted(option.key(), version.get()),
                    "Versions begin with 0");
        }
        return version;
    }

    private static Optional<Instant> time(
            String dataset,
            ConfigOption<String> option,
            ReadableConfig options,
            ReadableConfig session) {
        return options.getOptional(option)
                .map(text -> PointInTime.parse(dataset, option, text, session));
    }
}
