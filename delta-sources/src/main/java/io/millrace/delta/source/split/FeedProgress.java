package io.millrace.delta.source.split;

import static java.util.Objects.requireNonNull;

import org.apache.flink.annotation.Internal;

/**
 * A place between two versions of a table's change feed.
 *
 * @param tableId id of the table that is read
 * @param nextVersion the first version that was not turned into splits
 * @param snapshotVersion the version that was read as a snapshot; {@link #NO_SNAPSHOT} if none was
 * @param schemaVersion a version whose metadata is in force at {@code nextVersion}, unless that
 *     version changes it; or a later one that the columns of both are read by
 */
@Internal
public record FeedProgress(
        String tableId, long nextVersion, long snapshotVersion, long schemaVersion) {

    public static final long NO_SNAPSHOT = -1;

    public FeedProgress {
        requireNonNull(tableId, "tableId is null");
    }

    /** After {@code version}, whose metadata is that of {@code schema}. */
    public FeedProgress after(long version, long schema) {
        return new FeedProgress(tableId, version + 1, snapshotVersion, schema);
    }
}
