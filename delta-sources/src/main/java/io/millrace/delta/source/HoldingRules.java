package io.millrace.delta.source;

import io.millrace.delta.source.changes.FileChange;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * How rows wait for their version to be complete.
 *
 * @param streamAbove bytes of files, as they are stored, above which a version goes through that
 *     only inserts or only deletes, in which no order can be broken; {@link #NEVER}: none does
 * @param replay whether waiting rows stay out of checkpoints and are read again after a failure;
 *     right only with aligned checkpoints, at which all sequencers have released the same versions
 */
@Internal
public record HoldingRules(long streamAbove, boolean replay) implements Serializable {

    public static final long NEVER = Long.MAX_VALUE;

    /** Nothing goes through, everything is in checkpoints. */
    public static final HoldingRules ALL_KEPT = new HoldingRules(NEVER, false);

    /** How the rows of a version are delivered, given its changes. */
    public Delivery deliveryOf(List<FileChange> changes) {
        long bytes = changes.stream().mapToLong(c -> Math.max(0, c.file().size())).sum();
        if (bytes > streamAbove
                && (changes.stream().allMatch(HoldingRules::inserts)
                        || changes.stream().allMatch(HoldingRules::deletes))) {
            return Delivery.STREAMED;
        }
        return replay ? Delivery.REPLAYED : Delivery.KEPT;
    }

    private static boolean inserts(FileChange change) {
        return change instanceof FileChange.AddedRows || change instanceof FileChange.RestoredRows;
    }

    private static boolean deletes(FileChange change) {
        return change instanceof FileChange.RemovedRows
                || change instanceof FileChange.NewlyDeletedRows;
    }
}
