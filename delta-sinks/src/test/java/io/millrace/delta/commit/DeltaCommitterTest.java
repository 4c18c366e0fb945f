package io.millrace.delta.commit;

import static io.millrace.delta.commit.TestTarget.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitInfo;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.VersionActions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaCommitterTest {

    @TempDir Path folder;

    private TestTarget target;
    private DeltaCommitter committer;
    private ModelWriter writer;
    private long counter;

    @BeforeEach
    void target() {
        target = new TestTarget(folder);
        committer = target.committer();
        writer = new ModelWriter(target, 0);
    }

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
    void replayOfACommittableChangesNothing() throws Exception {
        Committable first = committable(writer.flush(1, change(1, "a")));
        committer.commit(first);
        Committable second = committable(follow().flush(2, change(1, "b")));
        committer.commit(second);

        assertThat(target.committer().commit(first))
                .isEqualTo(new CommitOutcome.AlreadyCommitted(1));
        assertThat(target.committer().commit(second))
                .isEqualTo(new CommitOutcome.AlreadyCommitted(2));
        assertThat(target.table.snapshot().version()).isEqualTo(2);
    }

    @Test
    void anotherCommittableOfTheSameNumberIsFenced() throws Exception {
        committer.commit(
                builder(writer.flush(1, change(1, "a"))).build(1, "x", 1, false, Map.of()));

        CommitOutcome outcome =
                target.committer()
                        .commit(
                                builder(writer.flush(1, change(1, "b")))
                                        .build(1, "y", 1, false, Map.of()));

        assertThat(outcome).isInstanceOf(CommitOutcome.Fenced.class);
        assertThat(((CommitOutcome.Fenced) outcome).message())
                .contains(TestTarget.SINK, "version 1", "--rebuild");
        assertThat(target.rows()).isEqualTo(Map.of(1L, "a"));
    }

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

    @Test
    void rebuildWritesOnlyWhatDiffers() throws Exception {
        commit(writer.flush(1, change(1, "a", 2, "b", 3, "c")));
        ModelWriter fresh = new ModelWriter(target, 0);
        CommitOutcome outcome =
                committer.commit(
                        builder(
                                        fresh.flush(1, change(1, "a", 2, "B")),
                                        fresh.flush(2, change(4, "d")))
                                .build(9, "rebuild", 2, true, Map.of()));

        assertThat(outcome).isEqualTo(new CommitOutcome.Committed(2, new ChangeCounts(1, 1, 1)));
        assertThat(target.rows()).isEqualTo(Map.of(1L, "a", 2L, "B", 4L, "d"));
        assertThat(target.table.log().at(2).info().parameters())
                .containsEntry("millrace.remerged", "true");
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void rebuildOfAnEqualResultChangesNoRow() throws Exception {
        commit(writer.flush(1, change(1, "a", 2, "b")));
        committer.commit(
                builder(new ModelWriter(target, 0).flush(1, change(1, "a", 2, "b")))
                        .build(9, "rebuild", 2, true, Map.of()));

        VersionActions commit = target.table.log().at(2);
        assertThat(commit.adds()).isEmpty();
        assertThat(commit.removes()).isEmpty();
        assertThat(commit.transactions()).containsEntry(TestTarget.SINK, 9L);
    }

    @Test
    void rebuildWithoutAKeyReplacesTheRows() throws Exception {
        target = new TestTarget(folder, Map.of("millrace.key", ""), List.of());
        committer = target.committer();
        commit(writer.flush(1, change(1, "a", 2, "b")));
        commit(writer.flush(2, change(3, "c")));
        committer.commit(
                builder(new ModelWriter(target, 0).flush(3, change(1, "a", 4, "d")))
                        .build(9, "rebuild", 3, true, Map.of()));

        assertThat(target.rows()).isEqualTo(Map.of(1L, "a", 4L, "d"));
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

    @Test
    void tableOfOtherColumnsIsRefused() throws Exception {
        commit(writer.flush(1, change(1, "a")));
        DeltaCommitter other =
                new DeltaCommitter(
                        target.table,
                        new io.millrace.delta.table.TableDefinition(
                                TestTarget.SCHEMA.add("more", io.delta.kernel.types.LongType.LONG),
                                List.of(),
                                target.definition.properties()),
                        new CommitFacts("other", Map.of()));

        assertThatThrownBy(other::checkTable)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("target: cannot write to the table at version 1")
                .hasMessageContaining("more");
    }

    @Test
    void appendOnlyTableIsRefusedForUpserts() throws Exception {
        target.table.create(
                new io.millrace.delta.table.TableDefinition(
                        TestTarget.SCHEMA,
                        List.of(),
                        Map.of("delta.enableChangeDataFeed", "true", "delta.appendOnly", "true")),
                CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));

        assertThatThrownBy(committer::checkTable)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("delta.appendOnly");
    }

    private ModelWriter follow(ModelWriter... others) throws Exception {
        if (others.length > 0) {
            writer = new ModelWriter(target, 0);
            writer.load(1);
        }
        writer.follow();
        return writer;
    }

    private ModelWriter reload() throws Exception {
        writer.load(1);
        return writer;
    }

    private CommitOutcome commit(WriteResult... results) throws Exception {
        return committer.commit(committable(results));
    }

    private Committable committable(WriteResult... results) {
        counter++;
        return builder(results).build(counter, "t" + counter, counter, false, Map.of());
    }

    private Committable empty() {
        return committable();
    }

    private static CommittableBuilder builder(WriteResult... results) {
        CommittableBuilder builder = new CommittableBuilder();
        for (WriteResult result : results) {
            builder.add(result);
        }
        return builder;
    }

    /** Pairs of id and name; a name of null deletes. */
    private static Map<Long, Optional<String>> change(Object... pairs) {
        Map<Long, Optional<String>> changes = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            changes.put(
                    ((Integer) pairs[i]).longValue(), Optional.ofNullable((String) pairs[i + 1]));
        }
        return changes;
    }
}
