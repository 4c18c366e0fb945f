package io.millrace.delta.source.split;

import static java.util.Objects.requireNonNull;

import org.apache.flink.annotation.Internal;

/**
 * What of the first snapshot was not handed out: all of its files from one place on, in the order
 * of their paths. The version that was read is known from {@link FeedProgress}.
 *
 * @param path of the first file, as in the log
 * @param start where in that file
 * @param ordinal of the split there
 */
@Internal
public record SnapshotRest(String path, long start, int ordinal) {

    public SnapshotRest {
        requireNonNull(path, "path is null");
    }
}
