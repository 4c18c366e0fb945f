package io.millrace.tests.scan;

import static org.assertj.core.api.Assertions.fail;

import io.millrace.catalog.DeltaCatalog;
import io.millrace.delta.dataset.RunOptions;
import io.millrace.planner.rules.PlannerPrograms;
import io.millrace.tests.harness.SharedCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.util.TestStreamEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random scans of random tables give what was written there. A round is a table and some scans of
 * it; {@code -Dscan.rounds=N} plays N, {@code -Dscan.seed=S} begins with another seed.
 */
class RandomScansITCase {

    private static final int SLOTS = 4;
    private static final int SCANS = 6;
    private static final int ROUNDS = Integer.getInteger("scan.rounds", 3);
    private static final long FIRST_SEED = Long.getLong("scan.seed", 1);

    @TempDir private static Path warehouse;

    private static SharedCluster cluster;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = SharedCluster.start(SLOTS);
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    @Test
    void scansGiveWhatWasWritten() {
        List<String> wrong = new ArrayList<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + ROUNDS; seed++) {
            play(seed, wrong);
        }
        if (!wrong.isEmpty()) {
            fail(String.join("\n\n", wrong));
        }
    }

    private static void play(long seed, List<String> wrong) {
        Random random = new Random(seed);
        String name = "t" + seed;
        ModelTable table = new ModelTable(warehouse.resolve(name), random);
        List<String> ofTable = new ArrayList<>();
        for (int i = 0; i < SCANS; i++) {
            boolean streaming = random.nextInt(3) > 0;
            RandomScan scan = new RandomScan(name, table, streaming, random);
            int parallelism = 1 + random.nextInt(SLOTS);
            String found;
            try {
                found =
                        scan.wrong(
                                rows(
                                        name,
                                        scan.sql(),
                                        streaming,
                                        parallelism,
                                        random.nextBoolean()));
            } catch (Exception e) {
                StringWriter trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                found = trace.toString();
            }
            if (!found.isEmpty()) {
                ofTable.add(
                        "%s, parallelism %d: %s%n  %s"
                                .formatted(
                                        streaming ? "streaming" : "batch",
                                        parallelism,
                                        scan.sql(),
                                        found));
            }
        }
        if (!ofTable.isEmpty()) {
            wrong.add(
                    "seed %d%n%s%n%s".formatted(seed, String.join("\n", ofTable), table.history()));
        }
    }

    private static List<Row> rows(
            String table, String sql, boolean streaming, int parallelism, boolean checkpoints)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(
                ExecutionOptions.RUNTIME_MODE,
                streaming ? RuntimeExecutionMode.STREAMING : RuntimeExecutionMode.BATCH);
        if (streaming && checkpoints) {
            configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(40));
        }
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        configuration.set(RunOptions.POLL_INTERVAL, Duration.ofMillis(10));
        configuration.setString("table.local-time-zone", "UTC");
        StreamTableEnvironment tables =
                StreamTableEnvironment.create(
                        new TestStreamEnvironment(
                                cluster.cluster(),
                                configuration,
                                parallelism,
                                List.of(),
                                List.of()),
                        EnvironmentSettings.newInstance().withConfiguration(configuration).build());
        tables.getConfig().setPlannerConfig(PlannerPrograms.of(tables.getConfig()));
        register(tables);
        tables.useCatalog(DeltaCatalog.NAME);
        tables.executeSql(
                """
                CREATE TEMPORARY TABLE `%s%s` (
                  `_change_type` STRING METADATA VIRTUAL,
                  `_commit_version` BIGINT METADATA VIRTUAL
                ) LIKE `%s`
                """
                        .formatted(table, RandomScan.WITH_METADATA, table));
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = tables.executeSql(sql).collect()) {
            result.forEachRemaining(rows::add);
        }
        return rows;
    }

    // Its replacement takes a factory by name.
    @SuppressWarnings("deprecation")
    private static void register(StreamTableEnvironment tables) {
        tables.registerCatalog(DeltaCatalog.NAME, new DeltaCatalog(warehouse));
    }
}
