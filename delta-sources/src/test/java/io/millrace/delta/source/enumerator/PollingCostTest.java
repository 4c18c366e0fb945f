package io.millrace.delta.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.Table;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.source.StartingPosition;
import io.millrace.delta.source.split.FeedProgress;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.StorageOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What following a table asks of its storage does not depend on how long its log is. */
class PollingCostTest {

    private static final int LOOKS = 120;

    @TempDir private java.nio.file.Path folder;

    /** Calls to the storage. */
    record Calls(int statuses, int lists, int reads) {}

    @Test
    void aLookIsOneFileStatusHoweverLongTheLogIs() throws IOException {
        Calls few = looks(table(11));
        Calls many = looks(table(211));
        assertThat(many).isEqualTo(few);
        // Beside the looks: every tenth asks for the last commit read, every sixtieth lists.
        assertThat(many.statuses()).isLessThanOrEqualTo(LOOKS + LOOKS / 10);
        assertThat(many.lists()).isEqualTo(LOOKS / 60);
        assertThat(many.reads()).isZero();
    }

    @Test
    void openingReadsAsManyFilesHoweverLongTheLogIs() throws IOException {
        Calls few = opening(table(11));
        Calls many = opening(table(211));
        assertThat(many).isEqualTo(few);
    }

    @Test
    void aNewCommitIsFoundByAsManyCallsHoweverLongTheLogIs() throws IOException {
        assertThat(found(table(211))).isEqualTo(found(table(11)));
    }

    private Calls looks(DeltaTable table) {
        long next = table.snapshot().version() + 1;
        TableFeedPlanner planner = planner(table, next);
        FeedProgress progress = planner.start().progress();
        CountingFiles.reset();
        for (int i = 0; i < LOOKS; i++) {
            assertThat(planner.discover(progress)).isEmpty();
        }
        return CountingFiles.calls();
    }

    private Calls opening(DeltaTable table) {
        CountingFiles.reset();
        table.snapshot();
        return CountingFiles.calls();
    }

    private Calls found(DeltaTable table) {
        long newest = table.snapshot().version();
        TableFeedPlanner planner = planner(table, newest);
        FeedProgress progress = planner.start().progress();
        CountingFiles.reset();
        assertThat(planner.discover(progress).orElseThrow().splits()).hasSize(1);
        return CountingFiles.calls();
    }

    private static TableFeedPlanner planner(DeltaTable table, long from) {
        ReadSpec spec =
                new ReadSpec(
                                "polled",
                                table.location(),
                                RowType.of(
                                        new LogicalType[] {new BigIntType()}, new String[] {"id"}),
                                List.of(),
                                new StartingPosition.Version(from))
                        .storedIn(table.storage());
        return new TableFeedPlanner(table, spec, SourceRun.following(Duration.ofSeconds(1)));
    }

    /** A log with the checkpoint that its writer left one commit ago. */
    private DeltaTable table(int commits) throws IOException {
        java.nio.file.Path location = folder.resolve("t" + commits);
        java.nio.file.Path log = Files.createDirectories(location.resolve("_delta_log"));
        for (int version = 0; version < commits; version++) {
            String first =
                    """
                    {"protocol":{"minReaderVersion":1,"minWriterVersion":4}}
                    {"metaData":{"id":"polled","format":{"provider":"parquet","options":{}},"schemaString":"{\\"type\\":\\"struct\\",\\"fields\\":[{\\"name\\":\\"id\\",\\"type\\":\\"long\\",\\"nullable\\":true,\\"metadata\\":{}}]}","partitionColumns":[],"configuration":{"delta.enableChangeDataFeed":"true"}}}
                    """;
            String add =
                    """
                    {"add":{"path":"part-%d.parquet","partitionValues":{},"size":1000,"modificationTime":1,"dataChange":true}}
                    """
                            .formatted(version);
            Files.writeString(
                    log.resolve("%020d.json".formatted(version)), version == 0 ? first + add : add);
            Files.writeString(location.resolve("part-" + version + ".parquet"), "");
        }
        DeltaTable local = DeltaTable.at(location.toString());
        Table.forPath(local.engine(), local.location()).checkpoint(local.engine(), commits - 2L);
        return DeltaTable.at(
                "counting://" + location,
                StorageOptions.of(Map.of("fs.counting.impl", CountingFiles.class.getName())));
    }

    /** Local files under a scheme of their own, by which Hadoop finds this class. */
    public static final class CountingFiles extends RawLocalFileSystem {

        private static final URI ROOT = URI.create("counting:///");
        private static final AtomicInteger STATUSES = new AtomicInteger();
        private static final AtomicInteger LISTS = new AtomicInteger();
        private static final AtomicInteger READS = new AtomicInteger();

        static void reset() {
            STATUSES.set(0);
            LISTS.set(0);
            READS.set(0);
        }

        static Calls calls() {
            return new Calls(STATUSES.get(), LISTS.get(), READS.get());
        }

        @Override
        public URI getUri() {
            return ROOT;
        }

        @Override
        public String getScheme() {
            return "counting";
        }

        @Override
        public FileStatus getFileStatus(Path file) throws IOException {
            STATUSES.incrementAndGet();
            return super.getFileStatus(file);
        }

        @Override
        public FileStatus[] listStatus(Path folder) throws IOException {
            LISTS.incrementAndGet();
            int before = STATUSES.get();
            FileStatus[] files = super.listStatus(folder);
            STATUSES.set(before);
            return files;
        }

        @Override
        public FSDataInputStream open(Path file, int bufferSize) throws IOException {
            READS.incrementAndGet();
            int before = STATUSES.get();
            FSDataInputStream in = super.open(file, bufferSize);
            STATUSES.set(before);
            return in;
        }
    }
}
