package io.millrace.delta.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.source.HoldingRules;
import io.millrace.delta.source.ReadLimits;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.source.StartingPosition;
import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.source.split.EnumeratorState;
import io.millrace.delta.source.split.EnumeratorStateSerializer;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checkpoints during the first snapshot of a table of many files, which are named in a log written
 * by hand and never read. {@code -Dmillrace.snapshot-files=100000} for the figures of the README.
 */
class FirstSnapshotStateTest {

    private static final int FILES = Integer.getInteger("millrace.snapshot-files", 3_000);

    private final EnumeratorStateSerializer serializer = new EnumeratorStateSerializer();

    @TempDir private Path folder;

    @Test
    void theStateDoesNotListTheFiles() throws Exception {
        writeLog();
        long before = System.nanoTime();
        ManualContext context = new ManualContext(1);
        DeltaEnumerator enumerator =
                started(context, new EnumeratorState(Optional.empty(), List.of()));
        long opened = System.nanoTime();
        byte[] state = serializer.serialize(enumerator.snapshotState(1));
        System.out.printf(
                "%d files: state %d bytes in %d ms, found in %d ms%n",
                FILES,
                state.length,
                (System.nanoTime() - opened) / 1_000_000,
                (opened - before) / 1_000_000);
        assertThat(state.length).isLessThan(300);
    }

    @Test
    void eachFileIsHandedOutOnceAlsoAfterRestores() throws Exception {
        writeLog();
        List<DeltaSplit> read = new ArrayList<>();
        EnumeratorState state = new EnumeratorState(Optional.empty(), List.of());
        int step = FILES / 10;
        boolean done = false;
        for (int run = 0; !done; run++) {
            ManualContext context = new ManualContext(1);
            DeltaEnumerator enumerator = started(context, state);
            assertThat(context.announcedTo(0)).isEmpty();
            for (int i = 0; i < step + run; i++) {
                enumerator.handleSplitRequest(0, "here");
            }
            List<DeltaSplit> taken = new ArrayList<>(context.splitsOf(0));
            done = taken.size() < step + run;
            if (!done) {
                // The reader did not get to its last ones.
                List<DeltaSplit> returned =
                        List.copyOf(taken.subList(taken.size() - 2, taken.size()));
                taken.removeAll(returned);
                enumerator.addSplitsBack(returned, 0);
            }
            read.addAll(taken);
            state = restored(enumerator.snapshotState(run));
            assertThat(state.pending()).hasSize(done ? 0 : 2);
        }
        assertThat(read.stream().map(split -> split.change().file().path() + split.range()))
                .doesNotHaveDuplicates()
                .hasSize(FILES + FILES / 100);
        assertThat(read.stream().map(DeltaSplit::ordinal)).doesNotHaveDuplicates();
    }

    private EnumeratorState restored(EnumeratorState state) throws IOException {
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(state));
    }

    private DeltaEnumerator started(ManualContext context, EnumeratorState state) {
        ReadSpec spec =
                new ReadSpec(
                        "many",
                        folder.toString(),
                        RowType.of(new LogicalType[] {new BigIntType()}, new String[] {"id"}),
                        List.of(),
                        new StartingPosition.Snapshot());
        SourceRun run =
                SourceRun.following(Duration.ofSeconds(1))
                        .limitedTo(
                                new ReadLimits(
                                        ReadLimits.UNLIMITED,
                                        ReadLimits.UNLIMITED,
                                        ReadLimits.UNLIMITED,
                                        1000))
                        .holding(new HoldingRules(HoldingRules.NEVER, true));
        DeltaEnumerator enumerator =
                new DeltaEnumerator(
                        context, new TableFeedPlanner(spec.table(), spec, run), run, state);
        enumerator.start();
        context.register(0);
        enumerator.addReader(0);
        assertThat(context.announcedTo(0)).as("before the files are known").isEmpty();
        context.look();
        return enumerator;
    }

    /** Every hundredth file is two splits. */
    private void writeLog() throws IOException {
        Path log = Files.createDirectories(folder.resolve("_delta_log"));
        try (Writer out = Files.newBufferedWriter(log.resolve("00000000000000000000.json"))) {
            out.write(
                    """
                    {"protocol":{"minReaderVersion":1,"minWriterVersion":4}}
                    {"metaData":{"id":"b3e2","format":{"provider":"parquet","options":{}},"schemaString":"{\\"type\\":\\"struct\\",\\"fields\\":[{\\"name\\":\\"id\\",\\"type\\":\\"long\\",\\"nullable\\":true,\\"metadata\\":{}}]}","partitionColumns":[],"configuration":{"delta.enableChangeDataFeed":"true"}}}
                    """);
            for (int i = 0; i < FILES; i++) {
                out.write(
                        """
                        {"add":{"path":"part-%05d-%08x-c000.snappy.parquet","partitionValues":{},"size":%d,"modificationTime":1,"dataChange":true}}
                        """
                                .formatted(i * 7919 % FILES, i, i % 100 == 0 ? 2000 : 900));
            }
        }
    }
}
