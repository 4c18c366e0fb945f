package io.millrace.delta.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StructType;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.ScriptedTable;
import io.millrace.delta.source.ScriptedTable.Row;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.source.StartingPosition;
import io.millrace.delta.source.changes.FileChange.RemovedRows;
import io.millrace.delta.source.changes.FileChange.SnapshotRows;
import io.millrace.delta.source.enumerator.Discovery.Ending;
import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.source.split.FeedProgress;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.types.DeltaTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFeedPlannerTest {

    private static final StartingPosition SNAPSHOT = new StartingPosition.Snapshot();
    private static final StartingPosition LATEST = new StartingPosition.Latest();

    @TempDir private Path folder;

    private ScriptedTable table;

    @BeforeEach
    void someVersions() {
        table =
                new ScriptedTable(folder.resolve("people"))
                        .insert(new Row(1, "a", "x"), new Row(2, "b", "y"))
                        .rename("c", 1L)
                        .deleteByVector(2L);
    }

    @Test
    void startsWithTheNewestVersionAsSnapshot() {
        Discovery found = planner(SNAPSHOT, SourceRun.NO_LAST_VERSION, false).start();

        assertThat(found.splits()).hasSize(2).allMatch(s -> s.change() instanceof SnapshotRows);
        assertThat(found.splits()).allMatch(s -> s.version() == 3);
        assertThat(found.progress().nextVersion()).isEqualTo(4);
        assertThat(found.progress().snapshotVersion()).isEqualTo(3);
        assertThat(found.ending()).isEqualTo(Ending.CAUGHT_UP);
    }

    @Test
    void filesBehindEnoughRowsAreNotRead() {
        table.insert(new Row(5, "e", "x"), new Row(6, "f", "y"));
        SourceRun run = new SourceRun(4, true, Duration.ofSeconds(1)).withEnoughRows(1);

        Discovery found = new TableFeedPlanner(table.table(), table.spec(SNAPSHOT), run).start();

        assertThat(found.splits()).hasSizeBetween(1, 2);
    }

    @Test
    void aRunThatEndsAtAVersionStartsWithItsSnapshot() {
        Discovery found = planner(SNAPSHOT, 2, false).start();

        assertThat(found.progress().snapshotVersion()).isEqualTo(2);
        assertThat(found.ending()).isEqualTo(Ending.COMPLETE);
    }

    @Test
    void startsBehindTheNewestVersion() {
        Discovery found = planner(LATEST, SourceRun.NO_LAST_VERSION, false).start();

        assertThat(found.splits()).isEmpty();
        assertThat(found.progress().nextVersion()).isEqualTo(4);
    }

    @Test
    void startsAtAVersion() {
        TableFeedPlanner planner = planner(version(2), SourceRun.NO_LAST_VERSION, false);
        FeedProgress progress = planner.start().progress();
        Discovery found = planner.discover(progress).orElseThrow();

        assertThat(progress.nextVersion()).isEqualTo(2);
        assertThat(found.splits()).extracting(DeltaSplit::version).containsExactly(2L, 3L);
        assertThat(found.progress().nextVersion()).isEqualTo(4);
        assertThat(planner.discover(found.progress())).isEmpty();
    }

    @Test
    void aVersionFarAheadIsRefused() {
        assertThatThrownBy(() -> planner(version(9), SourceRun.NO_LAST_VERSION, false).start())
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("at version 9: the newest version is 3");
    }

    @Test
    void aBoundedRunEndsAtTheNewestVersion() {
        TableFeedPlanner planner = planner(version(0), SourceRun.NO_LAST_VERSION, true);
        FeedProgress progress = planner.start().progress();
        table.insert(new Row(3, "d", "x"));
        Discovery found = planner.discover(progress).orElseThrow();

        assertThat(found.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(found.progress().nextVersion()).isEqualTo(4);
    }

    @Test
    void findsWhatIsCommittedLater() {
        TableFeedPlanner planner = planner(LATEST, SourceRun.NO_LAST_VERSION, false);
        FeedProgress progress = planner.start().progress();
        assertThat(planner.discover(progress)).isEmpty();
        table.insert(new Row(3, "d", null));

        assertThat(planner.discover(progress).orElseThrow().splits())
                .singleElement()
                .satisfies(
                        split -> {
                            assertThat(split.version()).isEqualTo(4);
                            assertThat(split.change().file().partitionValues())
                                    .containsEntry("part", null);
                        });
    }

    @Test
    void resumesOnlyOnTheSameTable() {
        TableFeedPlanner planner = planner(SNAPSHOT, SourceRun.NO_LAST_VERSION, false);
        FeedProgress progress = planner.start().progress();

        assertThat(planner.resume(progress, Optional.empty()).progress()).isEqualTo(progress);
        assertThatThrownBy(
                        () -> planner.resume(new FeedProgress("other", 4, 3, 3), Optional.empty()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("another table was made in its place")
                .hasMessageContaining("was other)")
                .hasMessageContaining("--rebuild");
        assertThatThrownBy(
                        () ->
                                planner.resume(
                                        new FeedProgress(progress.tableId(), 9, 3, 3),
                                        Optional.empty()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("what was read ends with version 8, the newest version is 3");
    }

    @Test
    void aCommitThatIsGoneIsRefusedByName() throws IOException {
        TableFeedPlanner planner = planner(version(1), SourceRun.NO_LAST_VERSION, false);
        FeedProgress progress = planner.start().progress();
        table.commitNothing();
        Files.delete(folder.resolve("people/_delta_log/00000000000000000001.json"));

        assertThat(planner.discover(progress).orElseThrow().refusal().orElseThrow())
                .hasMessageContaining("the change feed of people at version 1: ")
                .hasMessageContaining("the next one there is that of version 2")
                .hasMessageContaining("--rebuild");
    }

    @Test
    void aColumnThatIsNotInTheTableIsRefusedAtTheStart() {
        RowType type = DeltaTypes.toRowType(new StructType().add("nope", LongType.LONG));
        ReadSpec spec = new ReadSpec("people", table.table().location(), type, List.of(), SNAPSHOT);

        assertThatThrownBy(
                        () ->
                                new TableFeedPlanner(
                                                table.table(),
                                                spec,
                                                SourceRun.following(Duration.ofSeconds(1)))
                                        .start())
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("column nope is not in the table");
    }

    /** Writers may leave out what a removed file's partition values were. */
    @Test
    void findsThePartitionValuesOfRemovedFilesInTheVersionBefore() throws IOException {
        TableFeedPlanner planner = planner(LATEST, SourceRun.NO_LAST_VERSION, false);
        FeedProgress progress = planner.start().progress();
        table.insert(new Row(9, "i", "z"));
        DeltaSplit added = planner.discover(progress).orElseThrow().splits().get(0);
        Files.writeString(
                folder.resolve("people/_delta_log/00000000000000000005.json"),
                """
                {"remove":{"path":"%s","deletionTimestamp":1,"dataChange":true}}
                """
                        .formatted(added.change().file().path()));

        assertThat(planner.discover(progress).orElseThrow().splits().get(1).change())
                .isInstanceOfSatisfying(
                        RemovedRows.class,
                        removed ->
                                assertThat(removed.file().partitionValues())
                                        .isEqualTo(Map.of("part", "z")));
    }

    private static StartingPosition version(long version) {
        return new StartingPosition.Version(version);
    }

    private TableFeedPlanner planner(StartingPosition start, long last, boolean bounded) {
        return new TableFeedPlanner(
                table.table(),
                table.spec(start),
                new SourceRun(last, bounded, Duration.ofSeconds(1)));
    }
}
