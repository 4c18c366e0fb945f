package io.millrace.bench;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One copy of a table from its change feed.
 *
 * @param read rows of the feed, pre-images included, seconds until the job's last commit was done,
 *     and the sum over the target's rows
 * @param cpuSeconds of the whole process, which is what others on the machine cannot disturb
 * @param commits that the target has
 * @param bytes of the target's files, its log left out
 */
public record CopyRound(Round read, double cpuSeconds, long commits, long bytes) {

    public CopyRound {
        requireNonNull(read, "read is null");
    }

    public Map<String, Object> toDocument() {
        Map<String, Object> document = new LinkedHashMap<>(read.toDocument());
        document.put("cpu_seconds", cpuSeconds);
        document.put("commits", commits);
        document.put("bytes_per_row", bytes / (double) read.rows());
        return document;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d rows in %.2f s (%.2f s of CPU), %,d commits, %.1f bytes a row: %,.0f rows/s",
                read.rows(),
                read.seconds(),
                cpuSeconds,
                commits,
                bytes / (double) read.rows(),
                read.rowsPerSecond());
    }
}
