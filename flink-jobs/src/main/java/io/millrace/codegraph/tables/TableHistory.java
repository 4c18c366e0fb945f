package io.millrace.codegraph.tables;

import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.table.VersionActions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * The revisions that one extracted table held when it was first looked at: the log is read once,
 * from its end and only as far as needed.
 */
final class TableHistory {
    private final DeltaTable table;

    /** Commits of revisions, newest first. */
    private final List<VersionActions> commits = new ArrayList<>();

    private Optional<TableSnapshot> snapshot = Optional.empty();
    private boolean looked;

    /** The version at which to look for the commit before those known; -1 where there is none. */
    private long before;

    TableHistory(DeltaTable table) {
        this.table = table;
    }

    DeltaTable table() {
        return table;
    }

    /** Number of the newest revision; 0 where there is none. */
    long newestNumber() {
        return snapshot().isPresent()
                ? snapshot.get().transactionVersion(RevisionMark.APPLICATION).orElse(0)
                : 0;
    }

    /** The newest revision, {@link RevisionMark#NONE} where there is none. */
    RevisionMark newest() {
        return newest(mark -> true).orElse(RevisionMark.NONE);
    }

    /** The newest revision that fulfils a condition. */
    Optional<RevisionMark> newest(Predicate<RevisionMark> condition) {
        return commit(condition).map(RevisionMark::of);
    }

    /** The version that a revision is. */
    OptionalLong versionOf(long number) {
        return commit(mark -> mark.number() == number)
                .map(commit -> OptionalLong.of(commit.version()))
                .orElse(OptionalLong.empty());
    }

    private Optional<VersionActions> commit(Predicate<RevisionMark> condition) {
        for (int i = 0; i < commits.size() || readOne(); i++) {
            if (condition.test(RevisionMark.of(commits.get(i)))) {
                return Optional.of(commits.get(i));
            }
        }
        return Optional.empty();
    }

    /** Reads the commit of one more revision. */
    private boolean readOne() {
        if (snapshot().isEmpty() || before < 0) {
            return false;
        }
        Optional<VersionActions> commit =
                table.log().lastTransaction(RevisionMark.APPLICATION, before);
        before = commit.map(VersionActions::version).orElse(0L) - 1;
        commit.ifPresent(commits::add);
        return commit.isPresent();
    }

    private Optional<TableSnapshot> snapshot() {
        if (!looked) {
            snapshot = table.exists() ? Optional.of(table.snapshot()) : Optional.empty();
            before = snapshot.map(TableSnapshot::version).orElse(-1L);
            looked = true;
        }
        return snapshot;
    }
}
