package io.millrace.functions;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that are refused when the query is planned, or when it meets the value. */
class RefusedCallsTest {

    private final TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inBatchMode());

    RefusedCallsTest() {
        env.loadModule(MillraceModule.NAME, new MillraceModule());
        env.executeSql("CREATE TEMPORARY VIEW t AS SELECT * FROM (VALUES (true, 'x')) AS v(b, s)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stable_hash_any(s, b) | must be a literal",
                "stable_hash64(1) | must be STRING, but is INT",
                "span_len(ROW(1, 2)) | must be ROW<bstart",
                "struct_pick(span_make(1, 2), 'nothing') | there is no field 'nothing'",
                "struct_pick(span_make(1, 2), s) | Name its fields as literals",
                "map_get_default(MAP['a', 1], 'a', 'text') | do not fit",
                "map_normalize(MAP[1, 1]) | must be MAP<STRING",
                "map_normalize(MAP[s, 1], 'title') | unknown key case 'title'",
                "utf8_normalize(s, 'NFX') | unknown form 'NFX'",
                "utf8_normalize(s => s, form => 'NFX') | unknown form 'NFX'",
            })
    void is_refused_when_planned(String call, String message) {
        assertThatThrownBy(() -> env.sqlQuery("SELECT " + call + " FROM t"))
                .hasStackTraceContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "col_to_byte(CONCAT('a😀', s), 2, 'UTF16') | column 2 in unit UTF16 lies inside",
                "utf8_normalize(s, s) | unknown form 'x'",
            })
    void is_refused_when_it_meets_the_value(String call, String message) {
        assertThatThrownBy(
                        () -> {
                            try (var rows =
                                    env.executeSql("SELECT " + call + " FROM t").collect()) {
                                rows.forEachRemaining(row -> {});
                            }
                        })
                .hasStackTraceContaining(message);
    }
}
