package io.millrace.delta.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.dataset.ConsumerPosition;
import io.millrace.delta.dataset.ConsumerPositions;
import io.millrace.delta.source.HoldingRules;
import io.millrace.delta.source.ReadLimits;
import io.millrace.delta.source.ScriptedTable;
import io.millrace.delta.source.ScriptedTable.Row;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.source.StartingPosition;
import io.millrace.delta.source.enumerator.Discovery.Ending;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TimeRounding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartVersionsTest {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @TempDir private Path folder;

    private ScriptedTable table;

    /** Versions 0 to 3 at 1,000 ms to 4,000 ms, but for version 2, which claims to be older. */
    @BeforeEach
    void fourVersions() throws IOException {
        table =
                new ScriptedTable(folder.resolve("people"))
                        .insert(new Row(1, "a", "x"))
                        .insert(new Row(2, "b", "x"))
                        .insert(new Row(3, "c", "x"));
        committedAt(0, 1_000);
        committedAt(1, 2_000);
        committedAt(2, 1_500);
        committedAt(3, 4_000);
    }

    @Test
    void aTimeStandsForTheNextOrTheLastVersion() {
        assertThat(at(1_000, TimeRounding.AT_OR_AFTER)).isZero();
        assertThat(at(1_001, TimeRounding.AT_OR_AFTER)).isEqualTo(1);
        assertThat(at(0, TimeRounding.AT_OR_AFTER)).isZero();
        assertThat(at(3_000, TimeRounding.AT_OR_AFTER)).isEqualTo(3);
        assertThat(at(1_999, TimeRounding.AT_OR_BEFORE)).isZero();
        assertThat(at(3_999, TimeRounding.AT_OR_BEFORE)).isEqualTo(2);
        assertThat(at(9_000, TimeRounding.AT_OR_BEFORE)).isEqualTo(3);
    }

    @Test
    void timesOfModificationGrowWithTheVersions() {
        assertThat(at(2_000, TimeRounding.AT_OR_BEFORE)).isEqualTo(1);
        assertThat(at(2_001, TimeRounding.AT_OR_BEFORE)).isEqualTo(2);
        assertThat(at(2_001, TimeRounding.AT_OR_AFTER)).isEqualTo(2);
    }

    @Test
    void aTimeOutsideOfTheLogIsRefusedNamingWhatItHolds() throws IOException {
        assertThatThrownBy(() -> at(999, TimeRounding.AT_OR_BEFORE))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("committed at 1970-01-01T00:00:00.999Z or earlier")
                .hasMessageContaining("version 0, committed at 1970-01-01T00:00:01Z")
                .hasMessageContaining("version 3, committed at 1970-01-01T00:00:04Z");
        assertThatThrownBy(() -> at(4_001, TimeRounding.AT_OR_AFTER))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("committed at 1970-01-01T00:00:04.001Z or later");
    }

    @Test
    void aSourceStartsAtATime() {
        assertThat(start(new StartingPosition.Timestamp(1_700)).progress().nextVersion())
                .isEqualTo(1);
    }

    @Test
    void aSourceThatFollowsMayStartAfterTheLastCommitButNotInTheFuture() {
        long future = System.currentTimeMillis() + 3_600_000;

        assertThat(start(new StartingPosition.Timestamp(5_000)).progress().nextVersion())
                .isEqualTo(4);
        assertThatThrownBy(() -> start(new StartingPosition.Timestamp(future)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Give a time between these");
    }

    @Test
    void aSourceEndsWithTheLastVersionBeforeATime() {
        SourceRun run = SourceRun.following(INTERVAL).endingAtTime(3_999);
        TableFeedPlanner planner = planner(new StartingPosition.Version(1), run);
        Discovery found = planner.discover(planner.start().progress()).orElseThrow();

        assertThat(found.progress().nextVersion()).isEqualTo(3);
        assertThat(found.ending()).isEqualTo(Ending.COMPLETE);
    }

    @Test
    void aSourceStartsBehindWhatAConsumerHas() {
        positions()
                .record(
                        new ConsumerPosition(
                                "daily", "people", "", table.tableId(), 2, Instant.EPOCH));

        assertThat(start(new StartingPosition.Cursor("daily")).progress().nextVersion())
                .isEqualTo(3);
        assertThatThrownBy(() -> start(new StartingPosition.Cursor("weekly")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("at the position of weekly")
                .hasMessageContaining("only [daily] have");
    }

    private Discovery start(StartingPosition start) {
        return planner(
                        start,
                        new SourceRun(
                                SourceRun.NO_LAST_VERSION,
                                SourceRun.NO_END_TIMESTAMP,
                                false,
                                INTERVAL,
                                ReadLimits.NONE,
                                SourceRun.ALL_ROWS,
                                true,
                                folder.resolve("consumers").toString(),
                                HoldingRules.ALL_KEPT))
                .start();
    }

    private TableFeedPlanner planner(StartingPosition start, SourceRun run) {
        return new TableFeedPlanner(table.table(), table.spec(start), run);
    }

    private ConsumerPositions positions() {
        return new ConsumerPositions(folder.resolve("consumers"));
    }

    private long at(long timestamp, TimeRounding rounding) {
        return table.table().log().versionAt(timestamp, rounding);
    }

    private void committedAt(long version, long millis) throws IOException {
        Files.setLastModifiedTime(log(version), FileTime.fromMillis(millis));
    }

    private Path log(long version) {
        return folder.resolve("people/_delta_log/%020d.json".formatted(version));
    }
}
