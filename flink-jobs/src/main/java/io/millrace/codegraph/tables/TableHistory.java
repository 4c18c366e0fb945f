package io.millrace.codegraph.tables;

import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.VersionActions;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** The revisions that one extracted table holds, from its log. */
final class TableHistory {
    private final DeltaTable table;

    TableHistory(DeltaTable table) {
        this.table = table;
    }

    /** Number of the newest revision; 0 where there is none. */
    long newestNumber() {
        return table.exists()
                ? table.snapshot().transactionVersion(RevisionMark.APPLICATION).orElse(0)
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
        if (!table.exists()) {
            return Optional.empty();
        }
        long version = table.log().latestVersion();
        Optional<VersionActions> commit;
        do {
            commit = table.log().lastTransaction(RevisionMark.APPLICATION, version);
            version = commit.map(VersionActions::version).orElse(0L) - 1;
        } while (commit.isPresent() && !condition.test(RevisionMark.of(commit.get())));
        return commit;
    }
}
