package io.millrace.tests.modes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.tests.harness.FeedReplay;
import io.millrace.tests.harness.RawTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.util.TestStreamEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** Carries out a case in a folder. */
final class ModeRunner {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final MiniCluster cluster;
    private final List<String> created = new ArrayList<>();
    private StreamTableEnvironment tables;

    ModeRunner(MiniCluster cluster, Path folder) {
        this.cluster = cluster;
        this.folder = folder;
        this.tables = session(RuntimeExecutionMode.BATCH);
    }

    private StreamTableEnvironment session(RuntimeExecutionMode mode) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(ExecutionOptions.RUNTIME_MODE, mode);
        if (mode == RuntimeExecutionMode.STREAMING) {
            configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
        }
        EnvironmentSettings.Builder settings =
                EnvironmentSettings.newInstance().withConfiguration(configuration);
        StreamTableEnvironment session =
                StreamTableEnvironment.create(
                        new TestStreamEnvironment(cluster, configuration, 2, List.of(), List.of()),
                        mode == RuntimeExecutionMode.BATCH
                                ? settings.inBatchMode().build()
                                : settings.inStreamingMode().build());
        session.getConfig().set("table.local-time-zone", "UTC");
        created.forEach(session::executeSql);
        return session;
    }

    Path table() {
        return folder.resolve("t");
    }

    /** Fails where something else comes of a statement than the case says. */
    void run(ModeCase modes) throws Exception {
        for (ModeCase.Step step : modes.steps()) {
            if (step.expected().containsKey("error")) {
                assertThatThrownBy(() -> execute(step.sql()))
                        .as(step.sql())
                        .hasStackTraceContaining(step.expected().get("error"));
            } else {
                execute(step.sql());
            }
            check(step);
        }
        if (Files.exists(table())) {
            assertThat(new FeedReplay(new RawTable(table())).firstDifference()).isEmpty();
        }
    }

    /** Carries out one statement, in which the tables of the case have names such as $t. */
    void execute(String statement) throws Exception {
        String sql =
                statement.replaceAll(
                        "\\$([a-z]+)", "'connector' = 'delta', 'path' = '" + folder + "/$1'");
        if (sql.startsWith("SET execution.runtime-mode = ")) {
            String mode = sql.substring(sql.indexOf('=') + 2).toUpperCase(Locale.ROOT);
            tables = session(RuntimeExecutionMode.valueOf(mode));
        } else if (sql.startsWith("SET ")) {
            String[] option = sql.substring("SET ".length()).split(" = ", 2);
            tables.getConfig().set(option[0], option[1]);
        } else {
            tables.executeSql(sql).await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (sql.startsWith("CREATE ")) {
                created.add(sql);
            }
        }
    }

    private void check(ModeCase.Step step) {
        if (!Files.exists(table())) {
            return;
        }
        RawTable table = new RawTable(table());
        long version = table.latestVersion();
        if (step.expected().containsKey("version")) {
            assertThat(version)
                    .as("version after " + step.sql())
                    .isEqualTo(Long.parseLong(step.expected().get("version")));
        }
        if (step.expected().containsKey("rows")) {
            assertThat(table.rows(version).stream().map(ModeRunner::text).sorted().toList())
                    .as("rows after " + step.sql())
                    .isEqualTo(step.lines("rows"));
        }
        if (step.expected().containsKey("feed")) {
            List<String> feed =
                    new FeedReplay(table)
                            .changes(version).stream()
                                    .map(change -> change.type() + " " + text(change.row()))
                                    .sorted()
                                    .toList();
            assertThat(feed).as("feed of " + step.sql()).isEqualTo(step.lines("feed"));
        }
    }

    private static String text(List<Object> row) {
        return row.stream().map(Objects::toString).collect(Collectors.joining(" "));
    }
}
