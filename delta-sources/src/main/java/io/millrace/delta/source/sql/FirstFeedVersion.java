package io.millrace.delta.source.sql;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.table.VersionActions;
import java.io.IOException;
import java.io.UncheckedIOException;

/** From which version on a table's change feed can be read without a gap. */
final class FirstFeedVersion {

    private FirstFeedVersion() {}

    /**
     * The oldest version that the log can open, if the feed was on then; else the one that switched
     * it on last, for which the log is read.
     *
     * @param newest a version in which the feed is on
     */
    static long of(DeltaTable table, TableSnapshot newest) {
        long first = table.log().firstSnapshotVersion();
        if (table.snapshot(first).metadata().changeFeedEnabled()) {
            return first;
        }
        long found = newest.version();
        boolean on = false;
        try (CloseableIterator<VersionActions> commits = table.log().read(first)) {
            while (commits.hasNext()) {
                VersionActions commit = commits.next();
                if (commit.version() > newest.version() || commit.metadata().isEmpty()) {
                    continue;
                }
                boolean now = commit.metadata().get().changeFeedEnabled();
                found = now && !on ? commit.version() : found;
                on = now;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
