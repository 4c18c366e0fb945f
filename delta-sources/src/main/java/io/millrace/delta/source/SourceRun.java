package io.millrace.delta.source;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.RunOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ReadableConfig;

/**
 * What a run asks of one source.
 *
 * @param lastVersion the last version to read, {@link #NO_LAST_VERSION} to follow the table
 * @param bounded whether the source ends after its last version, instead of staying silent
 * @param pollInterval how often to look for new versions
 */
@Internal
public record SourceRun(long lastVersion, boolean bounded, Duration pollInterval)
        implements Serializable {

    public static final long NO_LAST_VERSION = Long.MAX_VALUE;

    public SourceRun {
        requireNonNull(pollInterval, "pollInterval is null");
        if (lastVersion < 0) {
            throw new IllegalArgumentException("lastVersion is negative: " + lastVersion);
        }
        if (pollInterval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "pollInterval is less than a millisecond: " + pollInterval);
        }
    }

    /** What the run's options say for {@code dataset}. */
    public static SourceRun of(ReadableConfig config, String dataset) {
        String last = config.get(RunOptions.END_VERSIONS).get(dataset);
        return new SourceRun(
                last == null ? NO_LAST_VERSION : Long.parseLong(last),
                config.get(RunOptions.BOUNDED),
                config.get(RunOptions.POLL_INTERVAL));
    }

    /** A source that follows its table until the job is stopped. */
    public static SourceRun following(Duration pollInterval) {
        return new SourceRun(NO_LAST_VERSION, false, pollInterval);
    }

    public OptionalLong endVersion() {
        return lastVersion == NO_LAST_VERSION ? OptionalLong.empty() : OptionalLong.of(lastVersion);
    }
}
