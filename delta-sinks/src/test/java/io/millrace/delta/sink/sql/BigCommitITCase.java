package io.millrace.delta.sink.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.sink.DeltaSink;
import io.millrace.delta.sink.SinkProgress;
import io.millrace.delta.sink.SinkProgressRequest;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TransactionId;
import io.millrace.delta.types.DeltaTypes;
import io.millrace.delta.write.TableWrite;
import io.millrace.delta.write.WriteSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.operators.coordination.CoordinationRequestGateway;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A commit that is much larger than the memory for held rows, while checkpoints are taken: they
 * stay small, and the target has all of it or nothing. {@code -Dmillrace.big-commit=10000000} with
 * a small heap for the figures of the README.
 */
class BigCommitITCase {

    private static final int ROWS = Integer.getInteger("millrace.big-commit", 30_000);
    private static final long INTERVAL = ROWS > 1_000_000 ? 2_000 : 50;

    private static final RowType ROW_TYPE =
            DeltaTypes.toRowType(
                    new io.delta.kernel.types.StructType()
                            .add("id", io.delta.kernel.types.LongType.LONG, false)
                            .add("name", io.delta.kernel.types.StringType.STRING));

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"inserts", "updates"})
    void checkpointsStaySmallAndTheCommitIsWhole(String what) throws Exception {
        long big = tableWithABigCommit(what.equals("updates"));
        long start = System.nanoTime();
        JobClient job = start(big);
        TreeMap<Long, Long> sizes = new TreeMap<>();
        while (!isAt(job, big)) {
            waitABit(job);
            sizes.putAll(checkpointSizes());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        job.cancel().get(1, TimeUnit.MINUTES);

        System.out.printf(
                "%d rows, %s: %.1f s, %d checkpoints of at most %d bytes%n",
                ROWS,
                what,
                seconds,
                sizes.size(),
                sizes.values().stream().max(Long::compare).orElse(0L));
        assertThat(sizes.values()).allMatch(size -> size < 1 << 20);
        assertThat(rowsOfVersions()).endsWith(ROWS + 1L).isSubsetOf(0L, 1L, ROWS + 1L);
    }

    /** Rows that each version of the target has. */
    private List<Long> rowsOfVersions() throws IOException {
        DeltaTable copy = DeltaTable.at(location("copy"));
        List<Long> rows = new ArrayList<>();
        for (long version = 0; version <= copy.snapshot().version(); version++) {
            long live = 0;
            try (CloseableIterator<DataFile> files = copy.snapshot(version).files()) {
                while (files.hasNext()) {
                    DataFile file = files.next();
                    live +=
                            recordsOf(file)
                                    - file.deletionVector()
                                            .map(DeletionVector::cardinality)
                                            .orElse(0L);
                }
            }
            rows.add(live);
        }
        return rows;
    }

    private static long recordsOf(DataFile file) {
        return Long.parseLong(
                file.stats().orElseThrow().replaceAll(".*\"numRecords\":(\\d+).*", "$1"));
    }

    /** The first version that the job reads is small. */
    private long tableWithABigCommit(boolean updates) throws Exception {
        DeltaTable table = DeltaTable.at(location("orders"));
        TableWrite source =
                TableWrite.open(table, WriteSpec.of(location("orders"), ROW_TYPE, List.of("id")));
        source.upsert(row(-1, "first"));
        source.commit(new TransactionId("test", 1), Map.of());
        if (updates) {
            commitAll(source, "old ", 2);
        }
        commitAll(source, "new ", 3);
        return table.snapshot().version();
    }

    private static void commitAll(TableWrite source, String name, long transaction)
            throws Exception {
        for (int id = 0; id < ROWS; id++) {
            source.upsert(row(id, name + id * 7919L));
        }
        source.commit(new TransactionId("test", transaction), Map.of());
    }

    private static GenericRowData row(long id, String name) {
        return GenericRowData.of(id, StringData.fromString(name));
    }

    private JobClient start(long last) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.resolve("state").toUri() + "");
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 1000);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(2);
        env.setMaxParallelism(16);
        env.enableCheckpointing(INTERVAL);
        StreamTableEnvironment tables = StreamTableEnvironment.create(env);
        tables.getConfig().set("table.exec.uid.generation", "ALWAYS");
        tables.getConfig().set("table.exec.resource.default-parallelism", "2");
        tables.getConfig().set(RunOptions.POLL_INTERVAL, Duration.ofMillis(20));
        tables.getConfig().set(RunOptions.END_VERSIONS, Map.of("orders", "" + last));
        for (String table : List.of("orders", "copy")) {
            tables.executeSql(
                    """
                    CREATE TABLE %s (id BIGINT NOT NULL, name STRING, PRIMARY KEY (id) NOT ENFORCED)
                    WITH ('connector' = 'delta', 'path' = '%s')
                    """
                            .formatted(table, location(table)));
        }
        return tables.executeSql(
                        "INSERT INTO copy SELECT id, name FROM orders /*+ OPTIONS("
                                + "'scan.start-version' = '1', 'scan.held-memory' = '256 kb') */")
                .getJobClient()
                .orElseThrow();
    }

    private static boolean isAt(JobClient job, long version) throws Exception {
        SinkProgress progress =
                (SinkProgress)
                        ((CoordinationRequestGateway) job)
                                .sendCoordinationRequest(
                                        DeltaSink.commitUid("copy"), new SinkProgressRequest())
                                .get(1, TimeUnit.MINUTES);
        return progress.pending() == 0
                && progress.released().getOrDefault("orders", -1L) >= version;
    }

    /** Returns early, with its failure, where the job fails. */
    private static void waitABit(JobClient job) throws Exception {
        CompletableFuture.anyOf(
                        job.getJobExecutionResult(),
                        new CompletableFuture<>().completeOnTimeout(job, 50, TimeUnit.MILLISECONDS))
                .get();
    }

    /** Bytes of each checkpoint that is there. */
    private Map<Long, Long> checkpointSizes() throws IOException {
        Map<Long, Long> sizes = new TreeMap<>();
        if (Files.isDirectory(folder.resolve("state"))) {
            try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
                files.filter(file -> file.getParent().getFileName().toString().startsWith("chk-"))
                        .forEach(file -> sizes.merge(checkpoint(file), size(file), Long::sum));
            } catch (UncheckedIOException e) {
                // One was discarded meanwhile.
                return Map.of();
            }
        }
        return sizes;
    }

    private static long checkpoint(Path file) {
        return Long.parseLong(file.getParent().getFileName().toString().substring(4));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String location(String table) {
        return folder.resolve(table).toString();
    }
}
