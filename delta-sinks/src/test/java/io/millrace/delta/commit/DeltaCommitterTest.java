package io.millrace.delta.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.table.CommitInfo;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.VersionActions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Commits of one writer or several to a table that nobody else writes. */
class DeltaCommitterTest extends DeltaCommitterTestBase {

    @Test
    void firstCommitMakesTheTable() throws Exception {
        CommitOutcome outcome = commit(writer.flush(1, change(1, "a", 2, "b")));

        assertThat(outcome).isEqualTo(new CommitOutcome.Committed(1, new ChangeCounts(2, 0, 0)));
        assertThat(target.rows()).isEqualTo(Map.of(1L, "a", 2L, "b"));
        assertThat(target.table.snapshot().metadata().key()).containsExactly("id");
        assertThat(target.table.snapshot().metadata().changeFeedEnabled()).isTrue();
        assertThat(target.table.log().at(1).changes()).isEmpty();
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void firstCommitMakesTheTableEvenWithoutRows() throws Exception {
        assertThat(committer.commit(empty())).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(target.rows()).isEmpty();

        assertThat(committer.commit(empty())).isEqualTo(new CommitOutcome.Empty());
        assertThat(committer.commit(empty(), true))
                .isEqualTo(new CommitOutcome.Committed(2, ChangeCounts.NONE));
    }

    @Test
    void updateDeletesThePositionAndKeepsTheChangeFiles() throws Exception {
        commit(writer.flush(1, change(1, "a", 2, "b", 3, "c")));
        WriteResult second = follow().flush(2, change(2, "B", 3, null, 4, "d"));
        CommitOutcome outcome = commit(second);

        assertThat(outcome).isEqualTo(new CommitOutcome.Committed(2, new ChangeCounts(1, 1, 1)));
        VersionActions commit = target.table.log().at(2);
        assertThat(commit.changes()).isEqualTo(second.changeFiles());
        assertThat(commit.removes()).hasSize(1);
        assertThat(commit.adds()).hasSize(2);
        DataFile updated =
                target.files(target.table.snapshot()).get(commit.removes().get(0).path());
        assertThat(updated.stats().orElseThrow()).contains("\"tightBounds\":false");
        assertThat(target.rows()).isEqualTo(Map.of(1L, "a", 2L, "B", 4L, "d"));
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void commitSaysWhereItComesFrom() throws Exception {
        committer.commit(
                new CommittableBuilder()
                        .add(writer.flush(1, change(1, "a")))
                        .build(7, "token", 41, false, Map.of("orders", 12L)));

        CommitInfo info = target.table.log().at(1).info();
        assertThat(info.parameters())
                .containsEntry("millrace.pipeline", "pipeline")
                .containsEntry("millrace.checkpoint", "41")
                .containsEntry("millrace.token", "token")
                .containsEntry("millrace.sources", "{\"orders\":12}")
                .containsEntry("millrace.counts", "{\"deleted\":0,\"inserted\":1,\"updated\":0}")
                .doesNotContainKey("millrace.remerged");
        assertThat(committer.lastCounter()).hasValue(7);
    }

    @Test
    void deletionsOfTwoWritersInOneFileBecomeOneVector() throws Exception {
        commit(writer.flush(1, change(1, "a", 2, "b", 3, "c")));
        ModelWriter even = new ModelWriter(target, 0);
        ModelWriter odd = new ModelWriter(target, 1);
        even.load(2);
        odd.load(2);
        commit(even.flush(2, change(2, null)), odd.flush(2, change(1, null)));

        VersionActions commit = target.table.log().at(2);
        assertThat(commit.adds()).hasSize(1);
        assertThat(commit.removes()).hasSize(1);
        assertThat(commit.adds().get(0).deletionVector().orElseThrow().cardinality()).isEqualTo(2);
        assertThat(commit.changes()).as("deletes only").isEmpty();
        commit(follow(even, odd).flush(3, change(3, null)));
        assertThat(target.table.log().at(3).adds()).as("no rows left").isEmpty();
        assertThat(target.rows()).isEmpty();
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void severalFlushesAreOneDifference() throws Exception {
        commit(writer.flush(1, change(1, "a", 2, "b", 3, "c", 6, "f")));
        follow();
        CommitOutcome outcome =
                commit(
                        writer.flush(2, change(1, "x", 2, "b2", 4, "d", 5, "e")),
                        writer.flush(3, change(1, "a", 2, "b3", 4, null, 5, "e2", 6, null)));

        assertThat(outcome).isEqualTo(new CommitOutcome.Committed(2, new ChangeCounts(1, 1, 1)));
        assertThat(target.rows()).isEqualTo(Map.of(1L, "a", 2L, "b3", 3L, "c", 5L, "e2"));
        assertThat(target.feed(2))
                .containsExactly(
                        "delete 6 f",
                        "insert 5 e2",
                        "update_postimage 2 b3",
                        "update_preimage 2 b");
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void firstCommitOfSeveralFlushesNeedsNoChangeFiles() throws Exception {
        commit(
                writer.flush(1, change(1, "a", 2, "b")),
                writer.flush(2, change(1, "A")),
                writer.flush(3, change(1, null, 3, "c")));

        assertThat(target.rows()).isEqualTo(Map.of(2L, "b", 3L, "c"));
        VersionActions commit = target.table.log().at(1);
        assertThat(commit.changes()).isEmpty();
        assertThat(commit.removes()).isEmpty();
        assertThat(commit.adds()).as("a wholly superseded file is not added").hasSize(2);
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void tableWithoutVectorsGetsFilesWrittenAnew() throws Exception {
        target =
                new TestTarget(
                        folder, Map.of("delta.enableDeletionVectors", "false"), List.of("region"));
        committer = target.committer();
        writer = new ModelWriter(target, 0);
        commit(writer.flush(1, change(1, "a", 2, "b", 3, "c", 5, "e")));
        commit(reload().flush(2, change(3, "C", 4, "d")));
        commit(reload().flush(3, change(1, null)));
        reload();
        commit(writer.flush(4, change(7, "x", 9, "y")), writer.flush(5, change(7, null)));

        assertThat(target.rows()).isEqualTo(Map.of(2L, "b", 3L, "C", 4L, "d", 5L, "e", 9L, "y"));
        assertThat(target.files(target.table.snapshot()).values())
                .allSatisfy(file -> assertThat(file.deletionVector()).isEmpty());
        target.assertFeedIsTheDifferenceOfVersions();
    }
}
