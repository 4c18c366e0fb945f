package io.millrace.functions.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.MillraceModule;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

/** Every aggregate over every type as value and as key, over nulls and over Unicode. */
class AggregateMatrixTest {

    /** A smaller and a larger value; both stand in a group with a null. */
    private record Values(String smaller, String larger) {

        String query() {
            String source =
                    "(VALUES (%2$s, 2), (%1$s, 1), (%2$s, 3), (NULLIF(%1$s, %1$s), 0)) AS t(v, k)"
                            .formatted(smaller, larger);
            return """
                   SELECT arg_min(v, k) = %1$s, arg_max(v, k) = %2$s, any_value_det(v, k) = %1$s,
                     arg_min(k, v) = 1, arg_max(k, v) = 2,
                     collect_set(v) = ARRAY[%1$s, %2$s],
                     arg_min(v, CAST(NULL AS INT)) IS NULL,
                     CARDINALITY(collect_set(NULLIF(v, v))) = 0
                   FROM %3$s"""
                    .formatted(smaller, larger, source);
        }
    }

    private static final List<Values> TYPES =
            List.of(
                    new Values("FALSE", "TRUE"),
                    new Values("CAST(-7 AS TINYINT)", "CAST(8 AS TINYINT)"),
                    new Values("CAST(-7 AS SMALLINT)", "CAST(8 AS SMALLINT)"),
                    new Values("-7", "8"),
                    new Values("CAST(-7 AS BIGINT)", "CAST(8 AS BIGINT)"),
                    new Values("CAST(-7.5 AS FLOAT)", "CAST(8 AS FLOAT)"),
                    new Values("CAST(-7.5 AS DOUBLE)", "CAST(8 AS DOUBLE)"),
                    new Values("CAST(-7.5 AS DECIMAL(9, 1))", "CAST(8 AS DECIMAL(9, 1))"),
                    new Values("CAST(-7.5 AS DECIMAL(30, 1))", "CAST(8 AS DECIMAL(30, 1))"),
                    new Values("CAST('a' AS CHAR(2))", "CAST('b' AS CHAR(2))"),
                    new Values("CAST('a' AS VARCHAR(9))", "CAST('b' AS VARCHAR(9))"),
                    new Values("X'7F'", "X'80'"),
                    new Values("DATE '1969-12-31'", "DATE '2024-02-29'"),
                    new Values("TIME '01:00:00'", "TIME '13:00:00'"),
                    new Values(
                            "TIMESTAMP '1969-12-31 00:00:00.123456789'",
                            "TIMESTAMP '2024-02-29 00:00:00.000000001'"),
                    new Values("TO_TIMESTAMP_LTZ(1, 3)", "TO_TIMESTAMP_LTZ(2, 3)"),
                    // Combining mark, NBSP, next line, ligature against astral character, dotless
                    // i.
                    new Values("U&'e\\0301'", "U&'\\00E9'"),
                    new Values("U&'a\\0085'", "U&'a\\00A0'"),
                    new Values("U&'\\FB01'", "U&'\uD83D\uDE00'"),
                    new Values("'i'", "U&'\\0131'"));

    private final TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inBatchMode());

    AggregateMatrixTest() {
        env.loadModule(MillraceModule.NAME, new MillraceModule());
    }

    @Test
    void every_type_is_picked_ordered_and_collected() throws Exception {
        String all = TYPES.stream().map(Values::query).collect(Collectors.joining("\nUNION ALL\n"));
        try (CloseableIterator<Row> rows = env.executeSql(all).collect()) {
            int read = 0;
            while (rows.hasNext()) {
                Row row = rows.next();
                assertThat(Stream.iterate(0, i -> i + 1).limit(row.getArity()).map(row::getField))
                        .as("row %d: %s", read, row)
                        .containsOnly(true);
                read++;
            }
            assertThat(read).isEqualTo(TYPES.size());
        }
    }

    @Test
    void nested_values_are_picked_and_collected_and_texts_are_joined_by_bytes() throws Exception {
        String query =
                """
                SELECT CAST(arg_min(a, k) AS STRING), CAST(arg_max(r, m) AS STRING),
                  CAST(collect_set(a) AS STRING), CAST(collect_set(m) AS STRING),
                  string_agg_det(s, U&'\\00A0'), string_agg_det(s, CAST(NULL AS STRING)),
                  string_agg_det(NULLIF(s, s), '-'), count_if(k > 1), count_if(NULLIF(k, k) > 1)
                FROM (VALUES
                  (ARRAY[2, 1], ROW('b', 1), MAP['x', 1, 'y', 2], U&'\\FB01', 2),
                  (ARRAY[1], ROW('a', 2), MAP['y', 2, 'x', 1], U&'\uD83D\uDE00', 1),
                  (ARRAY[1], ROW('c', 3), MAP['x', 0], 'e', 3)) AS t(a, r, m, s, k)
                """;
        try (CloseableIterator<Row> rows = env.executeSql(query).collect()) {
            Row row = rows.next();
            assertThat(Stream.iterate(0, i -> i + 1).limit(row.getArity()).map(row::getField))
                    .containsExactly(
                            "[1]",
                            "(a, 2)",
                            "[[1], [2, 1]]",
                            "[{x=0}, {x=1, y=2}]",
                            "e\u00A0\uFB01\u00A0\uD83D\uDE00",
                            "e\uFB01\uD83D\uDE00",
                            null,
                            2L,
                            0L);
        }
    }
}
