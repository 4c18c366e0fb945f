package io.millrace.delta.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.source.StartingPosition;
import io.millrace.delta.source.enumerator.Discovery.Ending;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TimeRounding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Times that stand in the commits (Delta protocol, "In-Commit Timestamps"): version v was committed
 * at 1,000 (v + 1), and its file was modified long after, as in a copy of the table.
 */
class InCommitTimestampsTest {

    private static final int VERSIONS = 6;
    private static final long COPIED = 900_000;

    @TempDir private Path folder;

    @Test
    void timesOfCommitsCountFromTheFirstVersionOn() throws IOException {
        write(0);
        for (int version = 0; version < VERSIONS; version++) {
            long time = time(version);
            assertThat(at(time, TimeRounding.AT_OR_AFTER)).isEqualTo(version);
            assertThat(at(time, TimeRounding.AT_OR_BEFORE)).isEqualTo(version);
            assertThat(table().log().at(version).timestamp()).isEqualTo(time);
        }
        assertThat(at(3_001, TimeRounding.AT_OR_AFTER)).isEqualTo(3);
        assertThat(at(3_999, TimeRounding.AT_OR_BEFORE)).isEqualTo(2);
        assertThat(at(COPIED, TimeRounding.AT_OR_BEFORE)).isEqualTo(VERSIONS - 1);
        assertThatThrownBy(() -> at(6_001, TimeRounding.AT_OR_AFTER))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("version 0, committed at 1970-01-01T00:00:01Z")
                .hasMessageContaining("version 5, committed at 1970-01-01T00:00:06Z");
        assertThatThrownBy(() -> at(999, TimeRounding.AT_OR_BEFORE))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void beforeTheyWereEnabledTimesOfFilesCount() throws IOException {
        write(3);
        for (int version = 0; version < 3; version++) {
            setModified(version, 100L * (version + 1));
        }
        assertThat(at(100, TimeRounding.AT_OR_AFTER)).isZero();
        assertThat(at(101, TimeRounding.AT_OR_AFTER)).isEqualTo(1);
        assertThat(at(300, TimeRounding.AT_OR_BEFORE)).isEqualTo(2);
        assertThat(at(301, TimeRounding.AT_OR_AFTER)).isEqualTo(3);
        assertThat(at(3_999, TimeRounding.AT_OR_BEFORE)).isEqualTo(2);
        assertThat(at(4_000, TimeRounding.AT_OR_BEFORE)).isEqualTo(3);
        assertThat(at(4_001, TimeRounding.AT_OR_AFTER)).isEqualTo(4);
        assertThat(at(6_000, TimeRounding.AT_OR_AFTER)).isEqualTo(5);
    }

    @Test
    void aSourceStartsAndEndsByThem() throws IOException {
        write(0);
        assertBetweenTwoAndFour();
    }

    @Test
    void aSourceStartsBeforeTheyWereEnabledAndEndsAfter() throws IOException {
        write(3);
        for (int version = 0; version < 3; version++) {
            setModified(version, time(version));
        }
        assertBetweenTwoAndFour();
    }

    private void assertBetweenTwoAndFour() {
        SourceRun run = SourceRun.following(Duration.ofSeconds(1)).endingAtTime(5_500);
        ReadSpec spec = spec(new StartingPosition.Timestamp(2_500));
        TableFeedPlanner planner = new TableFeedPlanner(table(), spec, run);
        Discovery start = planner.start();
        assertThat(start.progress().nextVersion()).isEqualTo(2);
        Discovery found = planner.discover(start.progress()).orElseThrow();
        assertThat(found.progress().nextVersion()).isEqualTo(5);
        assertThat(found.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(found.splits())
                .extracting(split -> split.timestamp())
                .containsExactly(3_000L, 4_000L, 5_000L);
    }

    private long at(long timestamp, TimeRounding rounding) {
        return table().log().versionAt(timestamp, rounding);
    }

    private DeltaTable table() {
        return spec(new StartingPosition.Latest()).table();
    }

    private ReadSpec spec(StartingPosition start) {
        return new ReadSpec(
                "timed",
                folder.toString(),
                RowType.of(new LogicalType[] {new BigIntType()}, new String[] {"id"}),
                List.of(),
                start);
    }

    private static long time(int version) {
        return 1_000L * (version + 1);
    }

    /**
     * @param enabledAt the version that enables them
     */
    private void write(int enabledAt) throws IOException {
        Files.createDirectories(folder.resolve("_delta_log"));
        for (int version = 0; version < VERSIONS; version++) {
            String commit = version < enabledAt ? "" : info(version);
            if (version == 0) {
                commit +=
                        """
                        {"protocol":{"minReaderVersion":1,"minWriterVersion":7,"writerFeatures":["changeDataFeed","inCommitTimestamp"]}}
                        """;
            }
            if (version == 0 || version == enabledAt) {
                commit += metadata(version, enabledAt);
            }
            commit +=
                    """
                    {"add":{"path":"part-%d.parquet","partitionValues":{},"size":1000,"modificationTime":1,"dataChange":true}}
                    """
                            .formatted(version);
            Files.writeString(file(version), commit);
            Files.writeString(folder.resolve("part-%d.parquet".formatted(version)), "");
            setModified(version, COPIED - version);
        }
    }

    private static String info(int version) {
        return """
               {"commitInfo":{"inCommitTimestamp":%d,"timestamp":7,"operation":"WRITE","operationParameters":{}}}
               """
                .formatted(time(version));
    }

    private static String metadata(int version, int enabledAt) {
        String enabled = version < enabledAt ? "" : ",\"delta.enableInCommitTimestamps\":\"true\"";
        if (enabledAt > 0 && version == enabledAt) {
            enabled +=
                    ",\"delta.inCommitTimestampEnablementVersion\":\"%d\",\"delta.inCommitTimestampEnablementTimestamp\":\"%d\""
                            .formatted(enabledAt, time(enabledAt));
        }
        return """
               {"metaData":{"id":"timed","format":{"provider":"parquet","options":{}},"schemaString":"{\\"type\\":\\"struct\\",\\"fields\\":[{\\"name\\":\\"id\\",\\"type\\":\\"long\\",\\"nullable\\":true,\\"metadata\\":{}}]}","partitionColumns":[],"configuration":{"delta.enableChangeDataFeed":"true"%s}}}
               """
                .formatted(enabled);
    }

    private void setModified(int version, long time) throws IOException {
        Files.setLastModifiedTime(file(version), FileTime.fromMillis(time));
    }

    private Path file(int version) {
        return folder.resolve("_delta_log").resolve("%020d.json".formatted(version));
    }
}
