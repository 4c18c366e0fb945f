package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.session.ClusterTarget;
import io.millrace.session.EmbeddedCluster;
import io.millrace.session.SessionProfile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sql -e} and {@code -f}: what they print, and how they end. */
class SqlCommandITCase {

    private static EmbeddedCluster cluster;

    @TempDir private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void startCluster() {
        cluster = EmbeddedCluster.start(SessionProfile.ofShell("", false), 2);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    private int sql(String... arguments) {
        out.reset();
        err.reset();
        return new Main(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        List.of(new SqlCommand(Optional.of(new ClusterTarget.Running(cluster)))))
                .run(
                        Stream.concat(
                                        Stream.of(
                                                "sql",
                                                "--warehouse",
                                                folder.resolve("w").toString()),
                                        Stream.of(arguments))
                                .toArray(String[]::new));
    }

    private static List<String> lines(ByteArrayOutputStream stream) {
        return shown(stream).lines().toList();
    }

    private static String shown(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    private String lastError() {
        return lines(err).get(lines(err).size() - 1);
    }

    private Path script() throws Exception {
        return Files.writeString(
                folder.resolve("script.sql"),
                """
                CREATE TABLE t (id BIGINT, name STRING, PRIMARY KEY (id) NOT ENFORCED)
                    WITH ('connector' = 'delta', 'path' = '%s/w/t');
                INSERT INTO t VALUES (1, 'a'), (2, 'b'); -- two rows
                INSERT INTO t VALUES (2, 'B'), (3, 'c');
                SELECT * FROM t ORDER BY id;
                DELETE FROM t WHERE id = 1;
                """
                        .formatted(folder));
    }

    @Test
    void parametersAreValuesAndNothingElse() throws Exception {
        String hostile = "x'; DROP TABLE t; --";
        assertThat(
                        sql(
                                "--format",
                                "json",
                                "--param",
                                "n:INT=41",
                                "--param",
                                "text=" + hostile,
                                "-e",
                                "SELECT :n + 1 AS n, :text AS t"))
                .as(shown(err))
                .isZero();
        assertThat(lines(out)).containsExactly("{\"n\":42,\"t\":\"" + hostile + "\"}");

        assertThat(sql("--param", "n:INT=many", "-e", "SELECT :n AS n")).isEqualTo(2);
        assertThat(lastError()).contains("--param", "many");
    }

    @Test
    void statementsOfAScriptRunInOneSessionAndSayWhatTheyCommitted() throws Exception {
        assertThat(sql("-f", script().toString())).as(shown(err)).isZero();
        assertThat(lines(out))
                .containsExactly(
                        "OK",
                        "t: version 1: +2 inserted, ~0 updated, -0 deleted",
                        "t: version 2: +1 inserted, ~1 updated, -0 deleted",
                        " id | name",
                        "----+------",
                        "  1 | a",
                        "  2 | B",
                        "  3 | c",
                        "(3 rows)",
                        "t: version 3: +0 inserted, ~0 updated, -1 deleted");
        assertThat(lastError()).isEqualTo("millrace: 5 statements");

        assertThat(
                        sql(
                                "--stream",
                                "--format",
                                "json",
                                "-e",
                                "SELECT COUNT(*) AS n FROM t /*+ OPTIONS('scan.end-version' = '2') */"))
                .as(shown(err))
                .isZero();
        assertThat(lines(out)).first().isEqualTo("{\"_op\":\"+I\",\"n\":1}");
        assertThat(lines(out)).last().isEqualTo("{\"_op\":\"+U\",\"n\":3}");

        assertThat(
                        sql(
                                "--json",
                                "-e",
                                "SELECT id FROM `t$v1` WHERE id = 2; SELECT 1 / (id - id) FROM t"))
                .isEqualTo(1);
        assertThat(shown(out).replaceAll("\\s", ""))
                .startsWith("{\"statements\":[{\"statement\":")
                .contains("\"rows\":[{\"id\":2}]")
                .contains("\"error\":{\"code\":1,");
    }

    @Test
    void rowsGoOutAndInAsArrow() throws Exception {
        assertThat(sql("-f", script().toString(), "--format", "arrow")).as(shown(err)).isZero();
        Path stream = Files.write(folder.resolve("t.arrows"), out.toByteArray());

        assertThat(
                        sql(
                                "--input",
                                "arrow:" + stream,
                                "--format",
                                "csv",
                                "-e",
                                """
                                CREATE TABLE copy (id BIGINT, name STRING, PRIMARY KEY (id) NOT ENFORCED)
                                    WITH ('connector' = 'delta', 'path' = '%s/w/copy');
                                INSERT INTO copy SELECT id, name FROM input WHERE id > 1;
                                SELECT * FROM copy ORDER BY id
                                """
                                        .formatted(folder)))
                .as(shown(err))
                .isZero();
        assertThat(lines(out)).containsExactly("id,name", "2,B", "3,c");
        assertThat(lines(err)).contains("copy: version 1: +2 inserted, ~0 updated, -0 deleted");

        String all = "SELECT id, name FROM input";
        assertThat(sql("--input", "arrow:" + stream, "--format", "csv", "-e", all))
                .as(shown(err))
                .isZero();
        assertThat(lines(out)).contains("id,name", "2,B", "3,c");

        assertThat(sql("--input", "arrow:" + folder.resolve("script.sql"), "-e", "SELECT 1"))
                .isEqualTo(3);
        assertThat(lastError()).contains("it is no Arrow IPC stream");
        assertThat(sql("--input", "parquet", "-e", "SELECT 1")).isEqualTo(2);
    }

    /** Rows that were held until the query ends would not be out: it never ends well. */
    @Test
    void rowsBeforeAFailureAreOutAndTheFailureSaysWhatItWas() throws Exception {
        String query =
                """
                WITH d AS (SELECT n FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS v(n)),
                    r AS (SELECT a.n * 10000 + b.n * 1000 + c.n * 100 + e.n * 10 + f.n AS id FROM d a, d b, d c, d e, d f)
                SELECT id, RPAD('x', 100, 'x') AS filling, 1 / (99999 - id) AS q FROM r
                """;
        assertThat(sql("--format", "arrow", "-e", query)).as(shown(err)).isEqualTo(1);
        assertThat(lastError()).containsIgnoringCase("by zero");
        assertThat(rowsOfBatches(out.toByteArray())).isBetween(40_000, 99_999);
    }

    private static int rowsOfBatches(byte[] stream) throws IOException {
        int rows = 0;
        try (BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader =
                        new ArrowStreamReader(new ByteArrayInputStream(stream), allocator)) {
            while (reader.loadNextBatch()) {
                rows += reader.getVectorSchemaRoot().getRowCount();
            }
        }
        return rows;
    }

    @Test
    void errorsNameFileLineAndColumn() throws Exception {
        Path file = folder.resolve("bad.sql");

        assertThat(sql("-f", Files.writeString(file, "SELECT 1;\n  SELEC 2").toString()))
                .isEqualTo(3);
        assertThat(lastError()).startsWith("millrace: " + file + ":2:3: does not parse");
        assertThat(lines(out)).as("nothing has run").isEmpty();

        assertThat(
                        sql(
                                "--format",
                                "csv",
                                "-e",
                                "SELECT 1 AS n;\nSELECT n,\n  m FROM (VALUES (1)) AS t(n)"))
                .isEqualTo(3);
        assertThat(lines(out)).containsExactly("n", "1");
        assertThat(lastError()).startsWith("millrace: -e:3:3: Column 'm' not found");

        assertThat(sql()).isEqualTo(2);
        assertThat(sql("-f", "no.sql")).isEqualTo(2);
        assertThat(lastError()).isEqualTo("millrace: no.sql: there is no such file");
    }
}
