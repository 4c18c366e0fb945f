package io.millrace.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.artifacts.store.ArtifactReader;
import io.millrace.artifacts.store.ArtifactTable;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import io.millrace.tests.harness.Await;
import io.millrace.tests.harness.Millrace;
import io.millrace.tests.harness.Millrace.Outcome;
import io.millrace.tests.harness.Millrace.Running;
import io.millrace.tests.harness.OrdersTables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Credentials given in each of the allowed ways are looked for in all that a pipeline leaves and
 * says, as bytes. They all have a word in common that is nowhere else.
 */
class CredentialsE2eITCase {

    private static final String CANARY = "canary7f3a";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir Path folder;

    private OrdersTables tables;
    private Path warehouse;
    private Millrace millrace;

    @BeforeEach
    void prepare() throws IOException {
        tables = new OrdersTables(folder.resolve("base"), new Random(5), 20);
        tables.commit();
        warehouse = folder.resolve("warehouse");
        Files.writeString(
                folder.resolve("core-site.xml"),
                """
                <configuration>
                  <property><name>fs.azure.account.key.lake</name><value>%s-file</value></property>
                </configuration>
                """
                        .formatted(CANARY));
        Files.writeString(
                folder.resolve("profile.yaml"),
                """
                name: with-credentials
                extends: local
                parallelism: 2
                checkpoint-interval: 300 ms
                settings:
                  execution.checkpointing.min-pause: 0 ms
                  millrace.storage.core-site: %s
                  millrace.storage.fs.s3a.access.key: %s-access
                  millrace.storage.fs.s3a.secret.key: %s-secret
                  millrace.storage.fs.s3a.encryption.key: %s-encryption
                  millrace.storage.fs.gs.auth.service.account.private.key: %s-private
                  millrace.storage.fs.azure.account.oauth2.client.secret: ${env.CANARY_OF_SESSION}
                """
                        .formatted(
                                folder.resolve("core-site.xml"), CANARY, CANARY, CANARY, CANARY));
        millrace = new Millrace(folder);
        millrace.set("CANARY_OF_SESSION", CANARY + "-session-environment");
        millrace.set("CANARY_OF_TABLE", CANARY + "-table-environment");
    }

    /** A pipeline with an option of its source's storage. */
    private Path pipeline(String option) throws IOException {
        Path pipeline = Files.createDirectories(folder.resolve("guarded"));
        Files.writeString(
                pipeline.resolve("pipeline.yaml"),
                """
                name: guarded
                sources:
                  - name: orders
                    path: %s
                    key: [order_id]
                    storage: {%s}
                results:
                  - {name: copy, key: [order_id], query: "SELECT order_id, status FROM orders"}
                """
                        .formatted(tables.base().resolve("orders"), option));
        return pipeline;
    }

    private Running start(String command, Path pipeline) {
        return millrace.start(
                command,
                pipeline.toString(),
                "--warehouse=" + warehouse,
                "--profile=" + folder.resolve("profile.yaml"),
                "--json");
    }

    @Test
    void aRunShowsThemNowhere() throws Exception {
        Running running =
                start("run", pipeline("fs.s3a.session.token: \"${env.CANARY_OF_TABLE}\""));
        try {
            WebAnswers web = WebAnswers.of(running, PATIENCE);
            tables.commit();
            web.awaitCheckpoints(2);
            // Written when the commit of a checkpoint is through, which may be later.
            Path consumers = warehouse.resolve("_millrace/consumers");
            Await.until(
                    () -> Files.isDirectory(consumers),
                    PATIENCE,
                    () -> "no position of a consumer is there");
            web.all().forEach((path, answer) -> assertThat(answer).as(path).doesNotContain(CANARY));
        } finally {
            running.process().destroy();
        }
        running.await().expect(0);

        assertThat(running.out()).content().contains("\"guarded\"").doesNotContain(CANARY);
        assertThat(running.err()).content().doesNotContain(CANARY);
        List<Path> left = files(warehouse);
        for (String kind :
                List.of(
                        "plans/guarded/.*/manifest.json",
                        "plans/guarded/.*/settings.json",
                        "plans/guarded/.*/compiled-plan.json",
                        "runs/guarded/.*.json",
                        "logs/millrace.log",
                        "state/.*/_metadata",
                        "consumers/.*")) {
            assertThat(left).as(kind).anyMatch(file -> file.toString().matches(".*/" + kind));
        }
        for (Path file : left) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain(CANARY);
        }
        ArtifactReader stored = new ArtifactReader(warehouse);
        assertThat(stored.rows(ArtifactTable.RUNS, row -> true)).isNotEmpty();
        for (ArtifactTable table : ArtifactTable.values()) {
            assertThat(stored.rows(table, row -> true).toString())
                    .as(table.tableName())
                    .doesNotContain(CANARY);
        }
        assertThat(left.stream().filter(file -> file.endsWith("manifest.json")))
                .allSatisfy(
                        manifest ->
                                assertThat(manifest)
                                        .content()
                                        .contains("millrace.storage.fs.s3a.secret.key", "******")
                                        .contains("${env.CANARY_OF_SESSION}"));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aDefinitionWithOneIsRefusedByTheNameOfTheOption() throws Exception {
        Outcome refused = start("plan", pipeline("fs.s3a.secret.key: " + CANARY)).await().expect(3);

        assertThat(refused.lastLine())
                .contains("pipeline.yaml:6:14: orders: cannot take the credential")
                .contains("'storage.fs.s3a.secret.key'");
        assertThat(refused.out() + refused.err()).doesNotContain(CANARY);
        for (Path file : files(warehouse)) {
            assertThat(file).content(StandardCharsets.ISO_8859_1).doesNotContain(CANARY);
        }
    }

    private StreamTableEnvironment session() {
        return new SessionFactory(
                        SessionProfile.of(folder.resolve("profile.yaml").toString()),
                        new ClusterTarget.Embedded(),
                        tables.base())
                .openForPlanning()
                .tables();
    }

    @Test
    void whatASessionTellsOfATableShowsNone() throws Exception {
        StreamTableEnvironment session = session();

        String shown =
                rows(session, "SHOW CREATE TABLE orders")
                        + rows(session, "DESCRIBE EXTENDED orders")
                        + session.getConfig().getConfiguration()
                        + session.getConfig().getRootConfiguration()
                        + session.explainSql(
                                "SELECT * FROM orders",
                                ExplainDetail.JSON_EXECUTION_PLAN,
                                ExplainDetail.PLAN_ADVICE);

        assertThat(shown).contains("'connector' = 'delta'").doesNotContain(CANARY);
    }

    /** Some of these keys Flink itself would show. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "fs.s3a.access.key",
                "fs.s3a.secret.key",
                "fs.s3a.encryption.key",
                "fs.gs.auth.service.account.private.key"
            })
    void aTableWithOneIsRefusedByTheNameOfTheOption(String key) throws Exception {
        StreamTableEnvironment session = session();
        for (String create : List.of("CREATE TABLE", "CREATE TEMPORARY TABLE")) {
            assertThatThrownBy(
                            () ->
                                    session.executeSql(
                                            "%s mine (order_id BIGINT) WITH ('connector' = 'delta', 'path' = '%s', 'storage.%s' = '%s')"
                                                    .formatted(
                                                            create,
                                                            tables.base().resolve("orders"),
                                                            key,
                                                            CANARY)))
                    .hasStackTraceContaining(
                            "mine: cannot take the credential 'storage.%s'".formatted(key))
                    .satisfies(
                            e ->
                                    assertThat(ExceptionUtils.stringifyException(e))
                                            .doesNotContain(CANARY));
        }
        session.executeSql(
                "CREATE TABLE mine (order_id BIGINT) WITH ('connector' = 'delta', 'path' = '%s')"
                        .formatted(tables.base().resolve("orders")));
        assertThatThrownBy(
                        () ->
                                session.executeSql(
                                        "ALTER TABLE mine SET ('storage.%s' = '%s')"
                                                .formatted(key, CANARY)))
                .hasStackTraceContaining("mine: cannot take the credential");
        assertThat(rows(session, "SHOW CREATE TABLE mine")).doesNotContain(CANARY);
        session.executeSql("DROP TABLE mine");
    }

    private static String rows(StreamTableEnvironment session, String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = session.executeSql(sql).collect()) {
            result.forEachRemaining(row -> rows.add(row.toString()));
        }
        return String.join("\n", rows);
    }
}
