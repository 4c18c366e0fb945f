package io.millrace.delta.commit;

import static io.millrace.delta.commit.TestTarget.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Commits to a table that others changed since the writer last looked. */
class DeltaCommitterConflictTest extends DeltaCommitterTestBase {

    @Test
    void keyThatAForeignAppendBroughtIsReplaced() throws Exception {
        commit(writer.flush(1, change(1, "a", 2, "b")));
        follow();
        target.foreignAppend(row(3, "theirs"), row(4, "theirs"));
        CommitOutcome outcome = commit(writer.flush(2, change(3, "ours", 5, "e")));

        assertThat(outcome).isEqualTo(new CommitOutcome.Committed(3, new ChangeCounts(1, 1, 0)));
        assertThat(target.rows())
                .isEqualTo(Map.of(1L, "a", 2L, "b", 3L, "ours", 4L, "theirs", 5L, "e"));
        assertThat(target.table.log().at(3).info().parameters())
                .containsEntry("millrace.remerged", "true");
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void rowThatAForeignAppendBroughtAlreadyIsNotWrittenAgain() throws Exception {
        commit(writer.flush(1, change(1, "a")));
        follow();
        target.foreignAppend(row(3, "same"));
        CommitOutcome outcome = commit(writer.flush(2, change(3, "same", 5, "e")));

        assertThat(outcome).isEqualTo(new CommitOutcome.Committed(3, new ChangeCounts(1, 0, 0)));
        assertThat(target.rows()).isEqualTo(Map.of(1L, "a", 3L, "same", 5L, "e"));
        assertThat(target.table.log().at(3).removes())
                .as("partly dropped, never removed")
                .isEmpty();
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void updateOfARowThatOthersDeletedIsAnInsert() throws Exception {
        commit(writer.flush(1, change(1, "a", 2, "b", 3, "c")));
        follow();
        target.foreignDelete(1, 3);
        commit(writer.flush(2, change(1, "A", 2, "B", 3, null)));

        assertThat(target.rows()).isEqualTo(Map.of(1L, "A", 2L, "B"));
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void deletionsFollowTheRowsThroughACompaction() throws Exception {
        commit(writer.flush(1, change(1, "a", 2, "b", 3, "c")));
        commit(follow().flush(2, change(2, "B", 4, "d")));
        follow();
        target.foreignCompaction();
        commit(writer.flush(3, change(1, null, 2, "BB", 3, "c", 4, null)));

        assertThat(target.rows()).isEqualTo(Map.of(2L, "BB", 3L, "c"));
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void laterCommittableFindsRowsThatARemergeLeftWhereTheyWere() throws Exception {
        commit(writer.flush(1, change(1, "a")));
        follow();
        target.foreignAppend(row(3, "same"), row(4, "same"));
        Committable first = committable(writer.flush(2, change(3, "same", 4, "same")));
        follow();
        Committable second = committable(writer.flush(3, change(3, "newer", 4, null)));
        committer.commit(first);
        committer.commit(second);

        assertThat(target.rows()).isEqualTo(Map.of(1L, "a", 3L, "newer"));
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void jobsThatCommitAtOnceAllGetTheirTurn() throws Exception {
        commit(writer.flush(1, change(1, "a")));
        ExecutorService jobs = Executors.newFixedThreadPool(3);
        try {
            List<Future<CommitOutcome>> outcomes = new ArrayList<>();
            for (int job = 0; job < 3; job++) {
                int id = 10 + job;
                DeltaCommitter other =
                        new DeltaCommitter(
                                target.table,
                                target.definition,
                                new CommitFacts("job-" + job, Map.of()));
                ModelWriter own = new ModelWriter(target, 0);
                own.load(1);
                Committable committable =
                        builder(own.flush(1, change(1, "job " + job, id, "new")))
                                .build(1, "t", 1, false, Map.of());
                outcomes.add(jobs.submit(() -> other.commit(committable)));
            }
            for (Future<CommitOutcome> outcome : outcomes) {
                assertThat(outcome.get()).isInstanceOf(CommitOutcome.Committed.class);
            }
        } finally {
            jobs.shutdownNow();
        }

        assertThat(target.table.snapshot().version()).isEqualTo(4);
        assertThat(target.rows()).hasSize(4).containsEntry(11L, "new");
        target.assertFeedIsTheDifferenceOfVersions();
    }
}
