package io.millrace.tests.modes;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tests.harness.SharedCluster;
import io.millrace.tests.harness.SparkProgram;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Spark reads values of every type and partition values of every type that can be one, written with
 * and without deletion vectors and with mapped columns, and the feed that leads to them.
 */
@Tag("interop")
class WrittenTypesInteropITCase {

    private static final String COLUMNS =
            """
            id BIGINT NOT NULL, b BOOLEAN, i8 TINYINT, i16 SMALLINT, i32 INT, i64 BIGINT, f FLOAT,
            d DOUBLE, dec9 DECIMAL(9, 2), dec18 DECIMAL(18, 4), dec38 DECIMAL(38, 10), s STRING,
            bin BYTES, dt DATE, ts TIMESTAMP_LTZ(6), ntz TIMESTAMP(6), arr ARRAY<INT>,
            m MAP<STRING, BIGINT>, st ROW<a INT, n ROW<c STRING, l ARRAY<DOUBLE>>>,
            rs ARRAY<ROW<x INT, y STRING>>, p STRING
            """;

    /** Of a row, by Flink's SQL. */
    private static final String FULL =
            """
            TRUE, CAST(-128 AS TINYINT), CAST(32767 AS SMALLINT), -2147483647,
            CAST(9007199254740993 AS BIGINT), CAST(1.5 AS FLOAT), CAST(-2.25E300 AS DOUBLE),
            CAST(-1234567.89 AS DECIMAL(9, 2)), CAST(12345678901234.5678 AS DECIMAL(18, 4)),
            CAST('-1234567890123456789012345678.0123456789' AS DECIMAL(38, 10)), 'z\u00fcr \ud83d\ude00',
            X'00FF7F', DATE '1969-12-31',
            CAST(TIMESTAMP '1969-12-31 23:59:59.999999' AS TIMESTAMP_LTZ(6)),
            TIMESTAMP '2020-09-13 12:26:40.123456', ARRAY[1, CAST(NULL AS INT), 3],
            MAP['k', CAST(5 AS BIGINT), '', CAST(NULL AS BIGINT)],
            CAST(ROW(1, ROW('c', ARRAY[CAST(1.5 AS DOUBLE)])) AS ROW<a INT, n ROW<c STRING, l ARRAY<DOUBLE>>>),
            CAST(ARRAY[ROW(1, 'y'), ROW(2, CAST(NULL AS STRING))] AS ARRAY<ROW<x INT, y STRING>>)
            """;

    /** The same by Spark's. */
    private static final String FULL_IN_SPARK =
            """
            TRUE AS b, -128Y AS i8, 32767S AS i16, -2147483647 AS i32, 9007199254740993L AS i64,
            CAST(1.5 AS FLOAT) AS f, -2.25E300D AS d, CAST(-1234567.89 AS DECIMAL(9, 2)) AS dec9,
            CAST(12345678901234.5678 AS DECIMAL(18, 4)) AS dec18,
            CAST('-1234567890123456789012345678.0123456789' AS DECIMAL(38, 10)) AS dec38,
            'z\u00fcr \ud83d\ude00' AS s, X'00FF7F' AS bin, DATE '1969-12-31' AS dt,
            TIMESTAMP '1969-12-31 23:59:59.999999' AS ts,
            TIMESTAMP_NTZ '2020-09-13 12:26:40.123456' AS ntz, array(1, NULL, 3) AS arr,
            map('k', 5L, '', CAST(NULL AS BIGINT)) AS m,
            named_struct('a', 1, 'n', named_struct('c', 'c', 'l', array(1.5D))) AS st,
            array(named_struct('x', 1, 'y', 'y'), named_struct('x', 2, 'y', CAST(NULL AS STRING))) AS rs
            """;

    private static final String PARTITIONS =
            """
            b BOOLEAN, i8 TINYINT, i16 SMALLINT, i32 INT, i64 BIGINT, f FLOAT, d DOUBLE,
            amount DECIMAL(10, 2), s STRING, dt DATE, ts TIMESTAMP_LTZ(6), ntz TIMESTAMP(6)
            """;

    @TempDir static Path shared;
    private static SharedCluster cluster;
    private static SparkProgram spark;

    @TempDir Path folder;

    @BeforeAll
    static void start() throws Exception {
        cluster = SharedCluster.start(4);
        spark = SparkProgram.start(shared);
    }

    @AfterAll
    static void stop() throws Exception {
        spark.close();
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'sink.deletion-vectors' = 'true'",
                "'sink.deletion-vectors' = 'false', 'sink.compression' = 'snappy'",
                "'sink.features' = 'column-mapping, in-commit-timestamps, row-tracking', 'sink.bloom-filters' = 'id, s', 'sink.sort-by' = 's, ts DESC'"
            })
    void sparkReadsValuesOfEveryType(String options) throws Exception {
        ModeRunner session = new ModeRunner(cluster.cluster(), folder);
        session.execute(
                "CREATE TABLE t (%s, PRIMARY KEY (id) NOT ENFORCED) PARTITIONED BY (p) WITH ($t, %s)"
                        .formatted(COLUMNS, options));
        session.execute(
                "INSERT INTO t SELECT id, %s, 'a=b/c %%d \u00fc' FROM (VALUES (CAST(1 AS BIGINT)), (2), (3)) v (id)"
                        .formatted(FULL));
        session.execute("INSERT INTO t (id) VALUES (4), (5)");
        // Rows move between partitions, others go, and some columns of others change.
        session.execute("INSERT INTO t (id, p, i32) VALUES (1, 'q', 7), (4, 'r', 8)");
        session.execute("DELETE FROM t WHERE id = 2");
        String full = FULL_IN_SPARK.replace('\n', ' ');
        String nulls = "SELECT CAST(%d AS BIGINT) AS id, " + nullsLike() + ", %s AS p";
        expect(
                "SELECT 1L AS id, "
                        + full.replace("-2147483647 AS i32", "7 AS i32")
                        + ", 'q' AS p UNION ALL SELECT 3L, "
                        + full
                        + ", 'a=b/c %d \u00fc' UNION ALL "
                        + nulls.formatted(4, "'r'").replace("CAST(NULL AS INT) AS i32", "8 AS i32")
                        + " UNION ALL "
                        + nulls.formatted(5, "CAST(NULL AS STRING)"));
    }

    private static String nullsLike() {
        return String.join(
                ", ",
                List.of(
                        "CAST(NULL AS BOOLEAN) AS b",
                        "CAST(NULL AS TINYINT) AS i8",
                        "CAST(NULL AS SMALLINT) AS i16",
                        "CAST(NULL AS INT) AS i32",
                        "CAST(NULL AS BIGINT) AS i64",
                        "CAST(NULL AS FLOAT) AS f",
                        "CAST(NULL AS DOUBLE) AS d",
                        "CAST(NULL AS DECIMAL(9, 2)) AS dec9",
                        "CAST(NULL AS DECIMAL(18, 4)) AS dec18",
                        "CAST(NULL AS DECIMAL(38, 10)) AS dec38",
                        "CAST(NULL AS STRING) AS s",
                        "CAST(NULL AS BINARY) AS bin",
                        "CAST(NULL AS DATE) AS dt",
                        "CAST(NULL AS TIMESTAMP) AS ts",
                        "CAST(NULL AS TIMESTAMP_NTZ) AS ntz",
                        "CAST(NULL AS ARRAY<INT>) AS arr",
                        "CAST(NULL AS MAP<STRING, BIGINT>) AS m",
                        "CAST(NULL AS STRUCT<a: INT, n: STRUCT<c: STRING, l: ARRAY<DOUBLE>>>) AS st",
                        "CAST(NULL AS ARRAY<STRUCT<x: INT, y: STRING>>) AS rs"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'sink.deletion-vectors' = 'true'",
                "'sink.features' = 'column-mapping', 'sink.deletion-vectors' = 'false'"
            })
    void sparkReadsPartitionValuesOfEveryType(String options) throws Exception {
        ModeRunner session = new ModeRunner(cluster.cluster(), folder);
        session.execute(
                "CREATE TABLE t (id BIGINT NOT NULL, %s, PRIMARY KEY (id) NOT ENFORCED) PARTITIONED BY (b, i8, i16, i32, i64, f, d, amount, s, dt, ts, ntz) WITH ($t, %s)"
                        .formatted(PARTITIONS, options));
        session.execute(
                "INSERT INTO t SELECT id, TRUE, CAST(-1 AS TINYINT), CAST(-2 AS SMALLINT), 3, CAST(4 AS BIGINT), CAST(1.5 AS FLOAT), CAST(-2.5 AS DOUBLE), CAST(12.30 AS DECIMAL(10, 2)), 'a/b=c:%{ }', DATE '1969-12-31', CAST(TIMESTAMP '2020-09-13 12:26:40.123456' AS TIMESTAMP_LTZ(6)), TIMESTAMP '1969-12-31 23:59:59.5' FROM (VALUES (CAST(1 AS BIGINT)), (2), (3)) v (id)");
        session.execute("INSERT INTO t (id) VALUES (3), (4)");
        session.execute("INSERT INTO t (id, s, dt) VALUES (1, 'other', DATE '2024-02-29')");
        session.execute("DELETE FROM t WHERE id = 4");
        String full =
                "TRUE AS b, -1Y AS i8, -2S AS i16, 3 AS i32, 4L AS i64, CAST(1.5 AS FLOAT) AS f, -2.5D AS d, CAST(12.30 AS DECIMAL(10, 2)) AS amount, %s AS s, %s AS dt, TIMESTAMP '2020-09-13 12:26:40.123456' AS ts, TIMESTAMP_NTZ '1969-12-31 23:59:59.5' AS ntz";
        expect(
                "SELECT 1L AS id, "
                        + full.formatted("'other'", "DATE '2024-02-29'")
                        + " UNION ALL SELECT IF(id = 3, 3L, 2L), "
                        + full.formatted("'a/b=c:%{ }'", "DATE '1969-12-31'")
                        + " FROM range(2, 4)");
    }

    @Test
    void rowsThatStayKeepTheirIdsForSpark() throws Exception {
        ModeRunner session = new ModeRunner(cluster.cluster(), folder);
        session.execute(
                "CREATE TABLE t (id BIGINT NOT NULL, v STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ($t, 'sink.features' = 'row-tracking')");
        session.execute("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')");
        String rows =
                "SELECT id, v, _metadata.row_id AS row, _metadata.row_commit_version AS since FROM delta.`%s` ORDER BY id"
                        .formatted(folder.resolve("t"));
        List<String> before = spark.run("rows", rows);
        session.execute("INSERT INTO t VALUES (2, 'B'), (4, 'd')");
        session.execute("DELETE FROM t WHERE id = 1");
        // A row that Spark updates brings its id along in a column of its own.
        spark.run(
                "sql", "UPDATE delta.`%s` SET v = 'C' WHERE id = 3".formatted(folder.resolve("t")));
        List<String> after = spark.run("rows", rows);

        assertThat(before).hasSize(3).allMatch(row -> row.endsWith("\"since\":1}"));
        assertThat(after).hasSize(3);
        assertThat(id(after.get(1))).isEqualTo(id(before.get(2)));
        assertThat(before)
                .extracting(WrittenTypesInteropITCase::id)
                .doesNotContain(id(after.get(0)), id(after.get(2)));
        assertThat(after).extracting(WrittenTypesInteropITCase::id).doesNotHaveDuplicates();
        spark.run("replay", folder.resolve("t").toString());
    }

    private static String id(String row) {
        return row.replaceAll(".*\"row\":(\\d+).*", "$1");
    }

    /** The rows of the table, and in each version those that the feed up to it gives. */
    private void expect(String query) {
        Path expected = folder.resolve("expected");
        spark.run(
                "sql",
                "CREATE TABLE delta.`%s` USING delta AS %s"
                        .formatted(expected, query.replace('\n', ' ')));
        Path table = folder.resolve("t");
        spark.run("compare", table.toString(), expected.toString());
        spark.run("replay", table.toString());
    }
}
