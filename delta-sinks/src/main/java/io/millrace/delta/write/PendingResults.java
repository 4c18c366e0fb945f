package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.CommitParameters;
import io.millrace.delta.commit.WriteResult;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.table.VersionActions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.apache.flink.annotation.Internal;

/** What was written for a sink and not yet seen committed, in the order of checkpoints. */
@Internal
public final class PendingResults {

    private final Set<String> sinkIds = new HashSet<>();
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(WriteResult result, boolean keeps) {}

    /** Commits with this transaction id are from now on taken for own ones. */
    public void addSinkId(String sinkId) {
        sinkIds.add(requireNonNull(sinkId, "sinkId is null"));
    }

    /** Adds what this writer wrote. */
    public void add(WriteResult result) {
        if (!result.isEmpty()) {
            entries.add(new Entry(result, true));
        }
    }

    /**
     * Adds what a checkpoint of all writers had.
     *
     * @param keeps position in the list to whether it is this writer that keeps it in its state
     */
    public void restore(List<WriteResult> restored, IntPredicate keeps) {
        for (int i = 0; i < restored.size(); i++) {
            entries.add(new Entry(restored.get(i), keeps.test(i)));
        }
        entries.sort(Comparator.comparingLong(entry -> entry.result().checkpointId()));
    }

    /** Everything that is pending, as far as this writer knows. */
    public List<WriteResult> all() {
        return entries.stream().map(Entry::result).toList();
    }

    /** What this writer has to keep in its state. */
    public List<WriteResult> kept() {
        return entries.stream().filter(Entry::keeps).map(Entry::result).toList();
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whether the commit is one of this sink. */
    boolean isOwn(VersionActions commit) {
        return commit.transactions().keySet().stream().anyMatch(sinkIds::contains);
    }

    /** Whether a writer of this sink made the file. */
    boolean isOwnFile(String path) {
        return sinkIds.stream().anyMatch(sinkId -> FileNaming.isOf(sinkId, path));
    }

    /** Drops what an own commit contains. */
    void committed(VersionActions commit) {
        long through = checkpointOf(commit);
        entries.removeIf(entry -> entry.result().checkpointId() <= through);
    }

    /** The newest own commit up to a snapshot. */
    Optional<VersionActions> newestOwn(DeltaTable table, TableSnapshot snapshot) {
        return sinkIds.stream()
                .filter(sinkId -> snapshot.transactionVersion(sinkId).isPresent())
                .flatMap(sinkId -> table.log().lastTransaction(sinkId, snapshot.version()).stream())
                .max(Comparator.comparingLong(VersionActions::version));
    }

    /** The newest checkpoint whose changes are in an own commit. */
    static long checkpointOf(VersionActions commit) {
        String checkpoint = commit.info().parameters().get(CommitParameters.CHECKPOINT);
        return checkpoint == null ? -1 : Long.parseLong(checkpoint);
    }

    static boolean isRemerged(VersionActions commit) {
        return "true".equals(commit.info().parameters().get(CommitParameters.REMERGED));
    }
}
