package io.millrace.delta.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.table.CommitConflictException;
import io.millrace.delta.table.RefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaTableSourceFactoryTest {

    private static final String COLUMNS = "id BIGINT NOT NULL, customer BIGINT, amount BIGINT";

    @TempDir private Path folder;

    private final TableEnvironment env =
            TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    @BeforeEach
    void makeTable() throws CommitConflictException {
        OrdersTable.create(folder.resolve("orders"), true, "id");
        OrdersTable.create(folder.resolve("plain"), false, "");
    }

    private void table(String columns, Map<String, String> options) {
        StringBuilder with = new StringBuilder();
        options.forEach((key, value) -> with.append(", '%s' = '%s'".formatted(key, value)));
        env.executeSql(
                "CREATE TABLE orders (%s) WITH ('connector' = 'delta'%s)".formatted(columns, with));
    }

    private Map<String, String> path(String name) {
        return Map.of("path", folder.resolve(name).toString());
    }

    private String plan() {
        return env.explainSql("SELECT * FROM orders");
    }

    @Test
    void readsATableAsAChangelog() {
        table(
                COLUMNS + ", v BIGINT METADATA FROM '_commit_version'",
                Map.of("path", folder.resolve("orders").toString(), "sink.id", "x"));

        assertThat(env.explainSql("SELECT id, v FROM orders", ExplainDetail.CHANGELOG_MODE))
                .contains("project=[id], metadata=[_commit_version]")
                .contains("changelogMode=[I,UB,UA,D]");
    }

    @Test
    void declaredColumnsMustBeThoseOfTheTable() {
        table("id BIGINT, discount DOUBLE", path("orders"));

        assertThatThrownBy(this::plan)
                .hasRootCauseInstanceOf(ValidationException.class)
                .rootCause()
                .hasMessageContaining("orders: column 'discount' is declared")
                .hasMessageContaining("[id, customer, amount]");
    }

    @Test
    void declaredTypesMustBeThoseOfTheTable() {
        table("id BIGINT, amount DECIMAL(10, 2)", path("orders"));

        assertThatThrownBy(this::plan)
                .rootCause()
                .hasMessageContaining(
                        "orders: column 'amount' is declared as DECIMAL(10, 2), but is BIGINT");
    }

    @Test
    void aMissingTableIsNamed() {
        table(COLUMNS, path("elsewhere"));

        assertThatThrownBy(this::plan)
                .rootCause()
                .hasMessageContaining(
                        "elsewhere: cannot open the table: there is no Delta table at");
    }

    @Test
    void aTableWithoutChangeFeedIsReadAsOfAVersion() {
        env.getConfig().set(RunOptions.BOUNDED, true);
        env.getConfig().set(RunOptions.END_VERSIONS, Map.of("plain", "0"));
        table(COLUMNS, path("plain"));

        assertThat(env.explainSql("SELECT id FROM orders")).contains("fields=[id]");
    }

    @Test
    void startVersionIsNeededWhereAskedFor() {
        table(
                COLUMNS,
                Map.of(
                        "path",
                        folder.resolve("orders").toString(),
                        "scan.startup.mode",
                        "version"));

        assertThatThrownBy(this::plan)
                .rootCause()
                .hasMessageContaining("'scan.start-version' is not set");
    }

    @Test
    void checkpointsThatSplitVersionsAreRefused() {
        table(COLUMNS, path("orders"));
        env.getConfig().set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        assertRefused("checkpoints are unaligned");

        env.getConfig().set(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT, Duration.ofSeconds(1));
        assertRefused("checkpoints become unaligned after 1000 ms");

        env.getConfig().set(CheckpointingOptions.ENABLE_UNALIGNED, false);
        env.getConfig()
                .set(
                        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                        CheckpointingMode.AT_LEAST_ONCE);
        assertRefused("checkpoints are taken at least once");
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(this::plan)
                .rootCause()
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("orders: cannot keep versions whole: " + reason);
    }

    @Test
    void consistencyIsLoweredByName() {
        env.getConfig().set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        table(
                COLUMNS,
                Map.of(
                        "path",
                        folder.resolve("orders").toString(),
                        "scan.consistency",
                        "eventual"));

        assertThat(plan()).contains("TableSourceScan");
    }

    @Test
    void batchReadsTheTableWithoutAChangeFeed() {
        TableEnvironment batch = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        batch.executeSql(
                "CREATE TABLE orders (%s) WITH ('connector' = 'delta', 'path' = '%s')"
                        .formatted(COLUMNS, folder.resolve("plain")));

        assertThat(batch.explainSql("SELECT id FROM orders")).contains("fields=[id]");
    }
}
