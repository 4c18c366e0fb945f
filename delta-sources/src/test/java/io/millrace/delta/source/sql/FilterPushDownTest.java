package io.millrace.delta.source.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.millrace.delta.source.order.VersionSequencerFactory;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterPushDownTest {

    private static final StructType SCHEMA =
            new StructType()
                    .add("i", IntegerType.INTEGER)
                    .add("l", LongType.LONG)
                    .add("d", DoubleType.DOUBLE)
                    .add("s", StringType.STRING)
                    .add("b", BooleanType.BOOLEAN)
                    .add("dt", DateType.DATE)
                    .add("ts", TimestampNTZType.TIMESTAMP_NTZ)
                    .add("price", new DecimalType(10, 2))
                    .add("n", new StructType().add("x", IntegerType.INTEGER));

    @TempDir private Path folder;

    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment();
    private final StreamTableEnvironment tables = StreamTableEnvironment.create(env);

    @BeforeEach
    void makeTable() throws Exception {
        DeltaTable.at(folder.resolve("t").toString())
                .create(
                        new TableDefinition(
                                SCHEMA, List.of(), Map.of("delta.enableChangeDataFeed", "true")),
                        CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));
        tables.executeSql(
                """
                CREATE TABLE t (i INT, l BIGINT, d DOUBLE, s STRING, b BOOLEAN, dt DATE,
                  ts TIMESTAMP(6), price DECIMAL(10, 2), n ROW<x INT>,
                  change STRING METADATA FROM '_change_type' VIRTUAL)
                WITH ('connector' = 'delta', 'path' = '%s')
                """
                        .formatted(folder.resolve("t")));
        tables.executeSql("CREATE TABLE sink (i INT) WITH ('connector' = 'blackhole')");
    }

    /** What the one stream of the table reads for scans with these conditions. */
    private String pushed(String... conditions) {
        StreamStatementSet statements = tables.createStatementSet();
        for (String condition : conditions) {
            statements.addInsertSql("INSERT INTO sink SELECT i FROM t WHERE " + condition);
        }
        statements.attachAsDataStream();
        List<String> filters =
                env.getStreamGraph().getStreamNodes().stream()
                        .map(StreamNode::getOperatorFactory)
                        .filter(VersionSequencerFactory.class::isInstance)
                        .map(factory -> (VersionSequencerFactory) factory)
                        .map(factory -> factory.handle().spec().filter().toString())
                        .toList();
        assertThat(filters).hasSize(1);
        return filters.get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "i > 5 | i > 5",
                "5 < i | i > 5",
                "i > 5.5 | i > 5",
                "i < 5.5 | i <= 5",
                "i = 5.5 | TRUE",
                "i > 3000000000 | TRUE",
                "CAST(i AS BIGINT) > 5 | i > 5",
                "CAST(l AS INT) > 5 | TRUE",
                "l BETWEEN 3 AND 5 | l >= 3 AND l <= 5",
                "i IN (1, 2, 30) | i = 1 OR i = 2 OR i = 30",
                "i NOT IN (1, 2) | i <> 1 AND i <> 2",
                "NOT (i > 5 OR s IS NULL) | i <= 5 AND s IS NOT NULL",
                "i > 5 AND UPPER(s) = 'X' | i > 5",
                "i > 5 OR UPPER(s) = 'X' | TRUE",
                "s LIKE 'ab%' | s LIKE 'ab%'",
                "s LIKE 'ab%c_' | s LIKE 'ab%'",
                "s LIKE '%ab' | TRUE",
                "s >= 'it''s' | s >= 'it''s'",
                "b | b = true",
                "NOT b | b = false",
                "b IS NOT TRUE | TRUE",
                "dt >= DATE '2024-02-29' | dt >= DATE '2024-02-29'",
                "ts < TIMESTAMP '2024-02-29 12:00:00.000001' | ts < TIMESTAMP '2024-02-29T12:00:00.000001'",
                "price > 1.5 | price > 1.5",
                "price = 2 | price = 2",
                "d > 5 | d > 5.0",
                "d > 1.5e0 | d > 1.5",
                "d < 1.5 | d < 1.5",
                "d > 1.5 | TRUE",
                "n.x = 3 | n.x = 3",
                "n IS NOT NULL | n IS NOT NULL",
                "change = 'insert' AND i = 1 | i = 1",
                "i = l | TRUE"
            })
    void aConditionBecomesAPredicate(String condition, String predicate) {
        assertThat(pushed(condition)).isEqualTo(predicate);
    }

    @Test
    void scansWithOtherConditionsShareTheStreamOfWhatOneOfThemNeeds() {
        assertThat(pushed("i > 5", "s = 'x' AND b")).isEqualTo("i > 5 OR (s = 'x' AND b = true)");
        assertThat(pushed("i > 5", "UPPER(s) = 'X'")).isEqualTo("TRUE");
    }

    @Test
    void theConditionStaysInThePlanOfAChangelog() {
        assertThat(tables.explainSql("SELECT i FROM t WHERE i > 5"))
                .contains("filter=[>(i, 5)]")
                .containsPattern("Calc\\(.*where=\\[\\(?i > 5");
    }
}
