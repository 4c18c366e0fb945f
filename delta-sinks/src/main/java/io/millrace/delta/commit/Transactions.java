package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.table.VersionActions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds out whether a committable, or another in its place, is in the table already. */
final class Transactions {

    private final DeltaTable table;
    private final String sinkId;

    Transactions(DeltaTable table, String sinkId) {
        this.table = requireNonNull(table, "table is null");
        this.sinkId = requireNonNull(sinkId, "sinkId is null");
    }

    /** The token of the newest commit under this id. */
    Optional<String> newestToken(TableSnapshot base) {
        return table.log()
                .lastTransaction(sinkId, base.version())
                .map(commit -> commit.info().parameters().get(CommitParameters.TOKEN));
    }

    /** What became of {@code committable} in {@code base}; empty if it is still to be committed. */
    Optional<CommitOutcome> find(TableSnapshot base, Committable committable) {
        OptionalLong newest = base.transactionVersion(sinkId);
        if (newest.isEmpty() || newest.getAsLong() < committable.counter()) {
            return Optional.empty();
        }
        long at = base.version();
        while (true) {
            Optional<VersionActions> commit = table.log().lastTransaction(sinkId, at);
            if (commit.isEmpty()
                    || commit.get().transactions().get(sinkId) < committable.counter()) {
                return Optional.of(
                        fenced(
                                committable,
                                "the table is at number " + newest.getAsLong() + " already"));
            }
            long version = commit.get().version();
            if (commit.get().transactions().get(sinkId) == committable.counter()) {
                String token = commit.get().info().parameters().get(CommitParameters.TOKEN);
                return Optional.of(
                        committable.token().equals(token)
                                ? new CommitOutcome.AlreadyCommitted(version)
                                : fenced(
                                        committable,
                                        "version "
                                                + version
                                                + " has that number from another job"));
            }
            at = version - 1;
        }
    }

    /** The newest commits of the sink, newest first, up to the first that is not a fence. */
    List<OwnCommit> newestOwn(TableSnapshot base) {
        List<OwnCommit> own = new ArrayList<>();
        if (base.transactionVersion(sinkId).isEmpty()) {
            return own;
        }
        long at = base.version();
        boolean rows = false;
        while (!rows) {
            Optional<VersionActions> commit = table.log().lastTransaction(sinkId, at);
            if (commit.isEmpty()) {
                break;
            }
            OwnCommit found = OwnCommit.of(commit.get(), sinkId);
            own.add(found);
            rows = !found.fence();
            at = found.version() - 1;
        }
        return own;
    }

    CommitOutcome fenced(long counter, String what) {
        return new CommitOutcome.Fenced(
                "%s: cannot commit number %d of %s: %s. Stop the other job that writes with this sink id, or start again with --rebuild."
                        .formatted(table.location(), counter, sinkId, what));
    }

    private CommitOutcome fenced(Committable committable, String what) {
        return fenced(committable.counter(), what);
    }
}
