package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.CommitParameters;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.table.VersionActions;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;

/** Whether the state that a writer starts with fits the table it writes to. */
@Internal
public final class WriterStart {

    private final DeltaTable table;
    private final PendingResults own;

    public WriterStart(DeltaTable table, PendingResults own) {
        this.table = requireNonNull(table, "table is null");
        this.own = requireNonNull(own, "own is null");
    }

    /**
     * Refuses a start that would lose or repeat changes.
     *
     * @param restoredCheckpoint the checkpoint that the state is of; empty without state
     * @param statement token of a job that commits once, whose commit an earlier attempt may have
     *     made; else empty
     * @throws RefusedException if the sink has committed to the table what the state does not know
     */
    public void check(OptionalLong restoredCheckpoint, String statement) {
        Optional<VersionActions> newest = newest();
        if (newest.isEmpty()) {
            return;
        }
        long version = newest.get().version();
        Map<String, String> parameters = newest.get().info().parameters();
        if (statement.equals(parameters.get(CommitParameters.TOKEN))) {
            return;
        } else if (!statement.isEmpty()) {
            throw new RefusedException(
                    "%s: cannot write at version %d: this sink has committed before, and a statement commits once. Give the statement another 'sink.id', or none."
                            .formatted(table.location(), version));
        }
        if (restoredCheckpoint.isEmpty()) {
            throw new RefusedException(
                    "%s: cannot write at version %d: an earlier run of this sink has committed to it, and this run starts without state. Start from the last checkpoint, or with --rebuild."
                            .formatted(table.location(), version));
        }
        long committed = PendingResults.checkpointOf(newest.get());
        if (committed > restoredCheckpoint.getAsLong()) {
            throw new RefusedException(
                    "%s: cannot write at version %d: it holds checkpoint %d of this sink, and the state is of checkpoint %d. Start from checkpoint %d or later, or with --rebuild."
                            .formatted(
                                    table.location(),
                                    version,
                                    committed,
                                    restoredCheckpoint.getAsLong(),
                                    committed));
        }
    }

    /** Whether this sink has committed since {@code version}. */
    public boolean hasCommittedSince(long version) {
        return newest().filter(commit -> commit.version() > version).isPresent();
    }

    private Optional<VersionActions> newest() {
        if (!table.exists()) {
            return Optional.empty();
        }
        TableSnapshot snapshot = table.snapshot();
        return own.newestOwn(table, snapshot);
    }
}
