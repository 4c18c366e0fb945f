package io.millrace.functions.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.MillraceModule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

        /** What is true of column v of these values and column k of 2, 1, 3, 0. */
        String calls(String v) {
            return """
                   arg_min(%3$s, k) = %1$s, arg_max(%3$s, k) = %2$s, any_value_det(%3$s, k) = %1$s,
                   arg_min(k, %3$s) = 1, arg_max(k, %3$s) = 2,
                   collect_set(%3$s) = ARRAY[%1$s, %2$s],
                   arg_min(%3$s, NULLIF(k, k)) IS NULL,
                   CARDINALITY(collect_set(NULLIF(%3$s, %3$s))) = 0"""
                    .formatted(smaller, larger, v);
        }

        String absent() {
            return "NULLIF(%1$s, %1$s)".formatted(smaller);
        }
    }

    /**
     * So many types in one query: the code that the planner makes of it must not grow too large.
     */
    private static final int TOGETHER = 10;

    private static final int CALLS = 8;

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
        env.getConfig().set("parallelism.default", "1");
        env.loadModule(MillraceModule.NAME, new MillraceModule());
    }

    @Test
    void every_type_is_picked_ordered_and_collected() throws Exception {
        for (int from = 0; from < TYPES.size(); from += TOGETHER) {
            List<Values> some = TYPES.subList(from, Math.min(from + TOGETHER, TYPES.size()));
            Row row = evaluate(some);
            List<String> wrong = new ArrayList<>();
            for (int i = 0; i < row.getArity(); i++) {
                if (!Boolean.TRUE.equals(row.getField(i))) {
                    wrong.add(some.get(i / CALLS) + ", call " + i % CALLS);
                }
            }
            assertThat(row.getArity()).isEqualTo(some.size() * CALLS);
            assertThat(wrong).isEmpty();
        }
    }

    private Row evaluate(List<Values> types) throws Exception {
        List<String> columns = IntStream.range(0, types.size()).mapToObj(i -> "v" + i).toList();
        String calls =
                IntStream.range(0, types.size())
                        .mapToObj(i -> types.get(i).calls(columns.get(i)))
                        .collect(Collectors.joining(",\n"));
        String query =
                "SELECT %s FROM (VALUES (%s, 2), (%s, 1), (%s, 3), (%s, 0)) AS t(%s, k)"
                        .formatted(
                                calls,
                                joined(types, Values::larger),
                                joined(types, Values::smaller),
                                joined(types, Values::larger),
                                joined(types, Values::absent),
                                String.join(", ", columns));
        try (CloseableIterator<Row> rows = env.executeSql(query).collect()) {
            return rows.next();
        }
    }

    private static String joined(List<Values> types, Function<Values, String> value) {
        return types.stream().map(value).collect(Collectors.joining(", "));
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
