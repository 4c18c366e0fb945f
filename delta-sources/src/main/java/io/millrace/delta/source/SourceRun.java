package io.millrace.delta.source;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.RunOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;

/**
 * What a run asks of one source.
 *
 * @param lastVersion the last version to read, {@link #NO_LAST_VERSION} to follow the table
 * @param endTimestamp versions committed later than this are not read (epoch milliseconds, {@link
 *     #NO_END_TIMESTAMP} for no such end); the last version is found when the source starts
 * @param bounded whether the source ends after its last version, instead of staying silent
 * @param pollInterval how often to look for new versions
 * @param limits how fast to read
 * @param enoughRows rows of the first snapshot that are enough, whichever they are; {@link
 *     #ALL_ROWS} for all
 * @param checkpointed whether the job has checkpoints, which a source that must fail waits for
 * @param consumers where pipelines record their positions, empty if that is not known
 * @param holding how rows wait for their version to be complete
 */
@Internal
public record SourceRun(
        long lastVersion,
        long endTimestamp,
        boolean bounded,
        Duration pollInterval,
        ReadLimits limits,
        long enoughRows,
        boolean checkpointed,
        String consumers,
        HoldingRules holding)
        implements Serializable {

    public static final long NO_LAST_VERSION = Long.MAX_VALUE;

    public static final long ALL_ROWS = Long.MAX_VALUE;

    public static final long NO_END_TIMESTAMP = Long.MAX_VALUE;

    public SourceRun {
        requireNonNull(pollInterval, "pollInterval is null");
        requireNonNull(limits, "limits is null");
        requireNonNull(consumers, "consumers is null");
        requireNonNull(holding, "holding is null");
        if (lastVersion < 0) {
            throw new IllegalArgumentException("lastVersion is negative: " + lastVersion);
        }
        if (pollInterval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "pollInterval is less than a millisecond: " + pollInterval);
        }
    }

    public SourceRun(long lastVersion, boolean bounded, Duration pollInterval) {
        this(
                lastVersion,
                NO_END_TIMESTAMP,
                bounded,
                pollInterval,
                ReadLimits.NONE,
                ALL_ROWS,
                true,
                "",
                HoldingRules.ALL_KEPT);
    }

    /** What the run's options say for {@code dataset}. */
    public static SourceRun of(ReadableConfig config, String dataset) {
        String last = config.get(RunOptions.END_VERSIONS).get(dataset);
        return new SourceRun(
                last == null ? NO_LAST_VERSION : Long.parseLong(last),
                NO_END_TIMESTAMP,
                config.get(RunOptions.BOUNDED),
                config.get(RunOptions.POLL_INTERVAL),
                ReadLimits.NONE,
                ALL_ROWS,
                config.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                        .filter(interval -> interval.toMillis() > 0)
                        .isPresent(),
                config.getOptional(RunOptions.CONSUMERS).orElse(""),
                HoldingRules.ALL_KEPT);
    }

    /** A source that follows its table until the job is stopped. */
    public static SourceRun following(Duration interval) {
        return new SourceRun(NO_LAST_VERSION, false, interval);
    }

    /** This run, ending after a version at the latest. */
    public SourceRun endingAt(long version) {
        return new SourceRun(
                Math.min(lastVersion, version),
                endTimestamp,
                true,
                pollInterval,
                limits,
                enoughRows,
                checkpointed,
                consumers,
                holding);
    }

    /** This run, ending with what was committed up to a time (epoch milliseconds). */
    public SourceRun endingAtTime(long timestamp) {
        return new SourceRun(
                lastVersion,
                Math.min(endTimestamp, timestamp),
                true,
                pollInterval,
                limits,
                enoughRows,
                checkpointed,
                consumers,
                holding);
    }

    public SourceRun limitedTo(ReadLimits other) {
        return new SourceRun(
                lastVersion,
                endTimestamp,
                bounded,
                pollInterval,
                other,
                enoughRows,
                checkpointed,
                consumers,
                holding);
    }

    public SourceRun withEnoughRows(long rows) {
        return new SourceRun(
                lastVersion,
                endTimestamp,
                bounded,
                pollInterval,
                limits,
                rows,
                checkpointed,
                consumers,
                holding);
    }

    /** This run in a job without checkpoints. */
    public SourceRun withoutCheckpoints() {
        return new SourceRun(
                lastVersion,
                endTimestamp,
                bounded,
                pollInterval,
                limits,
                enoughRows,
                false,
                consumers,
                holding);
    }

    /** This run in front of a sequencer. */
    public SourceRun holding(HoldingRules rules) {
        return new SourceRun(
                lastVersion,
                endTimestamp,
                bounded,
                pollInterval,
                limits,
                enoughRows,
                checkpointed,
                consumers,
                rules);
    }

    public OptionalLong endVersion() {
        return lastVersion == NO_LAST_VERSION ? OptionalLong.empty() : OptionalLong.of(lastVersion);
    }
}
