package io.millrace.delta.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.source.ScriptedTable;
import io.millrace.delta.source.ScriptedTable.Row;
import io.millrace.delta.source.SourceDrive;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.source.StartingPosition;
import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.source.split.FeedProgress;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.types.DeltaTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a table may do while a source follows it, and what stops the source. */
class MidStreamTest {

    @TempDir private Path folder;

    private ScriptedTable table;
    private TableFeedPlanner planner;
    private FeedProgress progress;

    /** A source that has read up to version 3 and waits. */
    @BeforeEach
    void aSourceThatFollows() {
        table = people().insert(new Row(1, "a", "x")).insert(new Row(2, "b", "y")).commitNothing();
        planner = planner();
        progress = planner.start().progress();
        assertThat(planner.discover(progress)).isEmpty();
    }

    @Test
    void versionsBeforeAFeedThatIsSwitchedOffAndOnAgainAreRead() throws IOException {
        table.insert(new Row(3, "c", "x"));
        writeMetadata(5, "\"delta.enableChangeDataFeed\":\"true\"", "\"x\":\"y\"");
        writeMetadata(6, "", "");

        assertBarrier("at version 5: the change feed is off", 4);
    }

    @Test
    void versionsBeforeANewReaderFeatureAreRead() throws IOException {
        table.insert(new Row(3, "c", "x"));
        write(5, UNKNOWN_FEATURE);

        assertBarrier("cannot read the commit of version 5: its protocol asks for", 4);
    }

    @Test
    void versionsBeforeANewReaderFeatureAreReadAfterARestartToo() throws IOException {
        table.insert(new Row(3, "c", "x"));
        write(5, UNKNOWN_FEATURE);
        planner = planner();
        progress = planner.resume(progress, Optional.empty()).progress();

        assertBarrier("cannot read the commit of version 5: its protocol asks for", 4);
    }

    @Test
    void anAddedColumnDoesNotStopTheStream() throws IOException {
        writeMetadata(
                4,
                "\\\"fields\\\":[",
                "\\\"fields\\\":[{\\\"name\\\":\\\"more\\\",\\\"type\\\":\\\"date\\\","
                        + "\\\"nullable\\\":true,\\\"metadata\\\":{}},");

        Discovery found = planner.discover(progress).orElseThrow();

        assertThat(found.refusal()).isEmpty();
        assertThat(found.progress().nextVersion()).isEqualTo(5);
        assertThat(found.progress().schemaVersion()).isEqualTo(4);
    }

    @Test
    void aDroppedColumnStopsTheStreamAtItsVersion() throws IOException {
        writeMetadata(4, "\\\"name\\\":\\\"name\\\"", "\\\"name\\\":\\\"label\\\"");

        assertBarrier("at version 4: column name was dropped from the table. Correct the", -1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6})
    void anotherTableInThePlaceStopsTheStreamWhateverItsVersion(int versions) throws IOException {
        String before = table.tableId();
        remake(versions);

        Discovery found = lookUntilFound();

        assertThat(found.splits()).isEmpty();
        assertThat(found.refusal().orElseThrow())
                .hasMessageContaining("at version 4: another table was made in its place")
                .hasMessageContaining(table.tableId() + ", was " + before)
                .hasMessageContaining("--rebuild");
    }

    @Test
    void aTableThatIsDroppedStopsTheStream() throws IOException {
        drop();

        assertThat(lookUntilFound().refusal().orElseThrow())
                .hasMessageContaining("at version 4: there is no table any more");
    }

    @Test
    void aLogThatIsCutStopsTheStream() throws IOException {
        Files.delete(log(3));
        Files.deleteIfExists(folder.resolve("people/_delta_log/%020d.crc".formatted(3)));

        assertThat(lookUntilFound().refusal().orElseThrow())
                .hasMessageContaining("what was read ends with version 3, the newest version is 2");
    }

    @Test
    void aTableThatWasCopiedInPlaceIsStillTheSame() throws IOException {
        byte[] commit = Files.readAllBytes(log(3));
        Files.delete(log(3));
        Files.write(log(3), commit);
        table.insert(new Row(3, "c", "x"));

        Discovery found = planner.discover(progress).orElseThrow();

        assertThat(found.refusal()).isEmpty();
        assertThat(found.splits()).hasSize(1);
    }

    @Test
    void aPlanForRenamedColumnsGoesOnAtTheVersionThatRenames() throws IOException {
        writeMetadata(4, "\\\"name\\\":\\\"name\\\"", "\\\"name\\\":\\\"label\\\"");
        planner =
                new TableFeedPlanner(
                        table.table(),
                        table.spec(new StartingPosition.Latest(), Map.of("name", "label")),
                        run());

        progress = planner.resume(progress, Optional.empty()).progress();
        Discovery found = planner.discover(progress).orElseThrow();

        assertThat(found.refusal()).isEmpty();
        assertThat(found.progress().nextVersion()).isEqualTo(5);
    }

    @Test
    void aPlanForColumnsThatCameLaterReadsOlderVersionsWithThem() throws IOException {
        writeMetadata(4, "\\\"name\\\":\\\"name\\\"", "\\\"name\\\":\\\"label\\\"");
        planner =
                new TableFeedPlanner(
                        table.table(),
                        table.spec(new StartingPosition.Version(1), Map.of("name", "label")),
                        run());

        Discovery found = planner.discover(planner.start().progress()).orElseThrow();

        assertThat(found.refusal()).isEmpty();
        assertThat(found.progress().nextVersion()).isEqualTo(5);
        assertThat(found.splits())
                .hasSize(2)
                .allSatisfy(split -> assertThat(split.schemaVersion()).isEqualTo(4));
    }

    @Test
    void aSnapshotThatEndsBeforeAColumnCameIsRefused() throws IOException {
        writeMetadata(4, "\\\"name\\\":\\\"name\\\"", "\\\"name\\\":\\\"label\\\"");
        planner =
                new TableFeedPlanner(
                        table.table(),
                        table.spec(new StartingPosition.Snapshot(), Map.of("name", "label")),
                        new SourceRun(3, true, Duration.ofSeconds(1)));

        assertThatThrownBy(() -> planner.start())
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(
                        "at version 3: column label is not in the table. Leave it out of the"
                                + " definition, or start at a version that has it.");
    }

    @Test
    void rowsBeforeAColumnCameHaveNoValueOfIt() throws Exception {
        writeMetadata(
                4,
                "\\\"fields\\\":[",
                "\\\"fields\\\":[{\\\"name\\\":\\\"more\\\",\\\"type\\\":\\\"date\\\","
                        + "\\\"nullable\\\":true,\\\"metadata\\\":{}},");
        RowType columns = DeltaTypes.toRowType(table.table().snapshot().metadata().schema());

        List<String> rows =
                SourceDrive.changes(
                        table.spec(new StartingPosition.Version(1)).reading(columns, List.of("id")),
                        4);

        assertThat(columns.getFieldNames()).startsWith("more");
        assertThat(rows).hasSize(2).allMatch(row -> row.contains("null"));
    }

    @Test
    void aPlanForColumnsThatTheNextVersionHasNotIsRefused() {
        table.insert(new Row(3, "c", "x"));
        planner =
                new TableFeedPlanner(
                        table.table(),
                        table.spec(new StartingPosition.Latest(), Map.of("name", "label")),
                        run());
        progress = planner.resume(progress, Optional.empty()).progress();

        assertBarrier("at version 4: column label is not in the table", -1);
    }

    @Test
    void aTableThatCannotBeOpenedIsRefusedWhereNothingComesBefore() throws IOException {
        write(4, UNKNOWN_FEATURE);
        FeedProgress after = new FeedProgress(progress.tableId(), 5, progress.snapshotVersion(), 3);

        assertThatThrownBy(() -> planner().resume(after, Optional.empty()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("reader feature timeTravelToTheFuture");
    }

    private static final String UNKNOWN_FEATURE =
            """
            {"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["timeTravelToTheFuture"],"writerFeatures":["timeTravelToTheFuture"]}}
            """;

    /** Everything up to {@code last} is found, then the reason, and so it is in each look. */
    private void assertBarrier(String reason, long last) {
        Discovery found = planner.discover(progress).orElseThrow();
        List<Long> versions = found.splits().stream().map(DeltaSplit::version).toList();

        assertThat(versions).isEqualTo(last < 0 ? List.of() : List.of(last));
        assertThat(found.refusal().orElseThrow()).hasMessageContaining(reason);
        assertThat(planner.discover(found.progress()).orElseThrow().refusal()).isPresent();
    }

    private Discovery lookUntilFound() {
        for (int look = 0; look < 20; look++) {
            var found = planner.discover(progress);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new AssertionError("nothing found in 20 looks");
    }

    private void remake(int versions) throws IOException {
        drop();
        table = people();
        for (int i = 0; i < versions; i++) {
            table.insert(new Row(i, "other", "x"));
        }
    }

    private void drop() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("people"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The first version's metadata, changed. */
    private void writeMetadata(long version, String from, String to) throws IOException {
        String metadata =
                Files.readAllLines(log(0)).stream()
                        .filter(line -> line.startsWith("{\"metaData\""))
                        .findFirst()
                        .orElseThrow();
        assertThat(metadata).contains(from);
        write(version, metadata.replace(from, to) + "\n");
    }

    private void write(long version, String commit) throws IOException {
        Files.writeString(log(version), commit);
    }

    private Path log(long version) {
        return folder.resolve("people/_delta_log/%020d.json".formatted(version));
    }

    private ScriptedTable people() {
        return new ScriptedTable(folder.resolve("people"));
    }

    private TableFeedPlanner planner() {
        return new TableFeedPlanner(
                table.table(), table.spec(new StartingPosition.Latest()), run());
    }

    private static SourceRun run() {
        return SourceRun.following(Duration.ofSeconds(1));
    }
}
