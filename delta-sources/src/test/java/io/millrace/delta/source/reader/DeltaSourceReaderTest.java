package io.millrace.delta.source.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.source.Delivery;
import io.millrace.delta.source.EmittedRows;
import io.millrace.delta.source.ScriptedTable;
import io.millrace.delta.source.ScriptedTable.Row;
import io.millrace.delta.source.StartingPosition;
import io.millrace.delta.source.changes.ChangeRules;
import io.millrace.delta.source.changes.FileChange;
import io.millrace.delta.source.enumerator.AssignedVersion;
import io.millrace.delta.source.enumerator.ReaderThrough;
import io.millrace.delta.source.enumerator.ReaderWatermark;
import io.millrace.delta.source.enumerator.ReleasedVersion;
import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.VersionActions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DeltaSourceReaderTest {

    @TempDir private Path folder;

    private final CountingContext context = new CountingContext();
    private final RecordingOutput output = new RecordingOutput();
    private ScriptedTable table;
    private DeltaSourceReader reader;

    @BeforeEach
    void open() {
        table = new ScriptedTable(folder.resolve("people"));
        reader = reader();
    }

    @AfterEach
    void close() throws Exception {
        reader.close();
    }

    @Test
    void asksForASplitWhenItHasNone() throws Exception {
        table.insert(new Row(1, "a", "x"));
        reader.start();
        assertThat(context.requests).isEqualTo(1);
        reader.addSplits(splits(1));
        drain();
        assertThat(context.requests).isEqualTo(2);
        drain();
        assertThat(context.requests).isEqualTo(2);
    }

    @Test
    void emitsEveryKindOfChange() throws Exception {
        table.insert(new Row(1, "a", "x"), new Row(2, "b", "x"), new Row(3, "c", null))
                .rename("d", 1L)
                .deleteByVector(2L, 3L)
                .swapByVector(1, 2)
                .restoreByVector(1L)
                .removeFilesOf(1L)
                .compact();
        reader.start();
        for (long version = 1; version <= table.version(); version++) {
            output.all.clear();
            reader.addSplits(splits(version));
            drain();
            assertThat(output.all)
                    .containsExactlyInAnyOrderElementsOf(numbered(table.feed(version), version));
        }
    }

    @Test
    void countsRowsByKindAndWhatReadingThemCosts() throws Exception {
        table.insert(new Row(1, "a", "x"), new Row(2, "b", "x"), new Row(3, "c", null))
                .rename("d", 1L)
                .deleteByVector(2L);
        reader.start();
        for (long version = 1; version <= table.version(); version++) {
            reader.addSplits(splits(version));
            drain();
        }
        assertThat(context.count("numRowsInserted")).isEqualTo(3);
        assertThat(context.count("numRowsUpdatedBefore")).isEqualTo(1);
        assertThat(context.count("numRowsUpdatedAfter")).isEqualTo(1);
        assertThat(context.count("numRowsDeleted")).isEqualTo(1);
        assertThat(context.count("filesRead")).isEqualTo(4);
        assertThat(context.count("rowGroupsRead")).isEqualTo(4);
        assertThat(context.count("rowGroupsSkipped")).isZero();
        assertThat(context.count("bytesRead")).isPositive();
    }

    @Test
    void saysWhatIsCompleteOnlyAfterItsOwnRows() throws Exception {
        table.insert(new Row(1, "a", "x")).insert(new Row(2, "b", "x"));
        reader.start();
        reader.addSplits(splits(1));
        reader.handleSourceEvents(new AssignedVersion(2));
        drain();
        assertThat(output.all).containsExactly("complete 0", "1+I(1, a, x)", "complete 2");
    }

    @Test
    void rowsBeforeItWasToldAnythingAreNotComplete() throws Exception {
        table.insert(new Row(1, "a", "x"));
        reader.addSplits(splits(1));
        reader.start();
        drain();
        assertThat(output.all).containsExactly("1+I(1, a, x)");
        reader.handleSourceEvents(new AssignedVersion(1));
        drain();
        assertThat(output.all).endsWith("complete 1");
    }

    @Test
    void wakesUpForAnAnnouncementWithoutASplit() throws Exception {
        reader.start();
        drain();
        assertThat(reader.isAvailable()).isNotDone();
        reader.handleSourceEvents(new AssignedVersion(7));
        assertThat(reader.isAvailable()).isDone();
        drain();
        assertThat(output.all).containsExactly("complete 7");
        assertThat(reader.isAvailable()).isNotDone();
    }

    @Test
    void saysItsOwnEndBeforeTheInputEnds() throws Exception {
        table.insert(new Row(1, "a", "x"));
        reader.start();
        reader.addSplits(splits(1));
        reader.notifyNoMoreSplits();
        assertThat(drain()).isEqualTo(InputStatus.END_OF_INPUT);
        assertThat(output.all).containsExactly("1+I(1, a, x)", "end");
    }

    @Test
    void aCheckpointHoldsTheNextRow() throws Exception {
        Row[] rows = new Row[1500];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new Row(i, "n", "x");
        }
        table.insert(rows).deleteByVector(3L, 4L);
        FileChange live =
                new ChangeRules((path, version) -> Map.of())
                        .changes(table.table().log().at(2), true)
                        .get(0);
        assertThat(live).isInstanceOf(FileChange.NewlyDeletedRows.class);
        reader.start();
        reader.addSplits(splits(1));
        while (output.all.size() < 1025) {
            pollOnce();
        }
        List<DeltaSplit> state = reader.snapshotState(1);
        assertThat(state).singleElement().extracting(DeltaSplit::nextPosition).isEqualTo(1025L);
        reader.close();

        reader = reader();
        reader.addSplits(state);
        reader.start();
        assertThat(context.requests).isEqualTo(1);
        drain();
        assertThat(output.all)
                .containsExactlyElementsOf(numbered(table.feed(1), 1))
                .hasSize(rows.length);
        assertThat(reader.snapshotState(2)).isEmpty();
    }

    @Test
    void splitsThatAreReplayedStayInTheStateUntilTheyAreReleased() throws Exception {
        table.insert(new Row(1, "a", "x"), new Row(2, "b", "x")).insert(new Row(3, "c", "x"));
        List<DeltaSplit> first = replayed(splits(1));
        List<DeltaSplit> second = replayed(splits(2));
        reader.addSplits(first);
        reader.addSplits(second);
        reader.start();
        reader.handleSourceEvents(new AssignedVersion(2, true));
        while (!output.all.contains("complete 2")) {
            if (reader.pollNext(output) == InputStatus.NOTHING_AVAILABLE
                    && !output.all.contains("complete 2")) {
                reader.isAvailable().get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(context.events).contains(new ReaderThrough(2));
        List<DeltaSplit> both = new ArrayList<>(first);
        both.addAll(second);
        assertThat(reader.snapshotState(7)).isEqualTo(both);
        assertThat(context.events).endsWith(new ReaderWatermark(7, 2));

        reader.handleSourceEvents(new ReleasedVersion(1));
        assertThat(reader.snapshotState(8)).isEqualTo(second);
        reader.handleSourceEvents(new ReleasedVersion(2));
        assertThat(reader.snapshotState(9)).isEmpty();
    }

    private static List<DeltaSplit> replayed(List<DeltaSplit> splits) {
        return splits.stream()
                .map(
                        s ->
                                new DeltaSplit(
                                        s.version(),
                                        s.ordinal(),
                                        s.timestamp(),
                                        s.schemaVersion(),
                                        s.change(),
                                        s.range(),
                                        0,
                                        Delivery.REPLAYED))
                .toList();
    }

    @Test
    void aRowOfACompleteVersionFailsTheJob() throws Exception {
        table.insert(new Row(1, "a", "x"));
        reader.start();
        reader.handleSourceEvents(new AssignedVersion(1));
        drain();
        reader.addSplits(splits(1));
        assertThatThrownBy(this::drain)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot emit a row of version 1")
                .hasMessageContaining("version 1 is complete");
    }

    @Test
    void aFileThatIsGoneIsRefusedWithItsVersion() throws Exception {
        table.insert(new Row(1, "a", "x"));
        DeltaSplit split = splits(1).get(0);
        FileToRead gone = new FileToRead("gone.parquet", 100, Map.of("part", "x"));
        reader.start();
        reader.addSplits(
                List.of(
                        new DeltaSplit(
                                1,
                                0,
                                0,
                                split.schemaVersion(),
                                new FileChange.ChangeRows(gone),
                                0)));
        assertThatThrownBy(this::drain)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("people at version 1: file gone.parquet")
                .hasMessageContaining("--rebuild");
    }

    @Test
    void aRowWithoutChangeTypeInAChangeFileIsRefused() throws Exception {
        table.insert(new Row(1, "a", "x"));
        DeltaSplit split = splits(1).get(0);
        reader.start();
        reader.addSplits(
                List.of(
                        new DeltaSplit(
                                1,
                                0,
                                0,
                                split.schemaVersion(),
                                new FileChange.ChangeRows(split.change().file()),
                                0)));
        assertThatThrownBy(this::drain)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("has the change type null");
    }

    private DeltaSourceReader reader() {
        return new DeltaSourceReader(
                context, table.spec(new StartingPosition.Latest()), new EmittedRows.Sequenced());
    }

    private static List<String> numbered(List<String> changes, long version) {
        return changes.stream().map(c -> version + c).toList();
    }

    private List<DeltaSplit> splits(long version) {
        VersionActions commit = table.table().log().at(version);
        List<DeltaSplit> splits = new ArrayList<>();
        for (FileChange change : new ChangeRules((path, v) -> Map.of()).changes(commit, true)) {
            splits.add(
                    new DeltaSplit(version, splits.size(), commit.timestamp(), version, change, 0));
        }
        return splits;
    }

    /** Until nothing is left to read. */
    private InputStatus drain() throws Exception {
        InputStatus status = InputStatus.MORE_AVAILABLE;
        while (status == InputStatus.MORE_AVAILABLE
                || (status == InputStatus.NOTHING_AVAILABLE
                        && !reader.snapshotState(0).isEmpty())) {
            status = pollOnce();
        }
        return status;
    }

    private InputStatus pollOnce() throws Exception {
        InputStatus status = reader.pollNext(output);
        if (status == InputStatus.NOTHING_AVAILABLE && !reader.snapshotState(0).isEmpty()) {
            reader.isAvailable().get(30, TimeUnit.SECONDS);
        }
        return status;
    }
}
