package io.millrace.delta.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.source.order.VersionSequencerFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.table.api.CompiledPlan;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.PlanReference;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.config.OptimizerConfigOptions;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans that want some fields of structs, from data files and change files. */
class NestedProjectionITCase {

    private static final String FIELDS =
            """
            optional int64 id;
            optional group who {
              optional binary name (STRING);
              optional group place { optional binary city (STRING); optional int32 zip; optional int32 door; }
              optional int32 age;
            }
            optional group tags (LIST) { repeated group list { optional group element {
              optional binary k (STRING); optional int32 v; } } }
            """;

    private static final MessageType DATA =
            MessageTypeParser.parseMessageType("message m { " + FIELDS + " }");

    private static final MessageType CHANGES =
            MessageTypeParser.parseMessageType(
                    "message m { " + FIELDS + " required binary _change_type (STRING); }");

    private static final String COLUMNS =
            """
            id BIGINT,
            who ROW<name STRING, place ROW<city STRING, zip INT, door INT>, age INT>,
            tags ARRAY<ROW<k STRING, v INT>>
            """;

    @TempDir private Path folder;

    @BeforeEach
    void makeTable() {
        HandMadeTable table =
                new HandMadeTable(
                        folder.resolve("people"),
                        struct(
                                "id", "\"long\"",
                                "who",
                                        struct(
                                                "name", "\"string\"",
                                                "place",
                                                        struct(
                                                                "city", "\"string\"",
                                                                "zip", "\"integer\"",
                                                                "door", "\"integer\""),
                                                "age", "\"integer\""),
                                "tags",
                                        """
                                        {"type":"array","containsNull":true,"elementType":%s}
                                        """
                                                .formatted(
                                                        struct(
                                                                "k", "\"string\"",
                                                                "v", "\"integer\""))));
        Consumer<Group> nowhere =
                row -> {
                    row.append("id", 2L);
                    row.addGroup("who").append("name", "Bob").append("age", 40);
                };
        Consumer<Group> nobody = row -> row.append("id", 3L);
        table.commit(
                HandMadeTable.add(
                        "a",
                        Map.of(),
                        table.write("a", DATA, List.of(ann("Rome"), nowhere, nobody))));
        long changes =
                table.write(
                        "_change_data/c",
                        CHANGES,
                        List.of(
                                ann("Rome").andThen(change("update_preimage")),
                                ann("Oslo").andThen(change("update_postimage"))));
        table.commit(
                "{\"remove\":{\"path\":\"a\",\"dataChange\":true,\"deletionTimestamp\":1}}",
                HandMadeTable.add(
                        "b",
                        Map.of(),
                        table.write("b", DATA, List.of(nobody, ann("Oslo"), nowhere))),
                "{\"cdc\":{\"path\":\"_change_data/c\",\"partitionValues\":{},\"size\":%d,\"dataChange\":false}}"
                        .formatted(changes));
    }

    private static String struct(String... namesAndTypes) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            fields.put(namesAndTypes[i], namesAndTypes[i + 1]);
        }
        return HandMadeTable.schema(fields);
    }

    private static Consumer<Group> ann(String city) {
        return row -> {
            row.append("id", 1L);
            Group who = row.addGroup("who").append("name", "Ann").append("age", 30);
            who.addGroup("place").append("city", city).append("zip", city.length());
            row.addGroup("tags")
                    .addGroup("list")
                    .addGroup("element")
                    .append("k", "x")
                    .append("v", 7);
        };
    }

    private static Consumer<Group> change(String type) {
        return row -> row.append("_change_type", type);
    }

    private void createTables(TableEnvironment tables, String options) {
        // Else the planner makes one scan of those that differ in their fields only.
        tables.getConfig().set(OptimizerConfigOptions.TABLE_OPTIMIZER_REUSE_SOURCE_ENABLED, false);
        tables.executeSql(
                "CREATE TABLE people (%s, change STRING METADATA FROM '_change_type' VIRTUAL) WITH ('connector' = 'delta', 'path' = '%s' %s)"
                        .formatted(COLUMNS, folder.resolve("people"), options));
        for (String sink : List.of("first", "second")) {
            tables.executeSql(
                    "CREATE TABLE %s_sink (a STRING, b STRING) WITH ('connector' = 'lines', 'file' = '%s')"
                            .formatted(sink, folder.resolve(sink)));
        }
    }

    private StreamTableEnvironment streaming(StreamExecutionEnvironment env) {
        StreamTableEnvironment tables = StreamTableEnvironment.create(env);
        tables.getConfig().set(RunOptions.BOUNDED, true);
        tables.getConfig().set(RunOptions.END_VERSIONS, Map.of("people", "2"));
        createTables(tables, ", 'scan.start-version' = '1'");
        return tables;
    }

    private static ReadSpec read(StreamGraph graph) {
        List<ReadSpec> read =
                graph.getStreamNodes().stream()
                        .filter(
                                node ->
                                        node.getOperatorFactory()
                                                instanceof VersionSequencerFactory)
                        .map(node -> (VersionSequencerFactory) node.getOperatorFactory())
                        .map(factory -> factory.handle().spec())
                        .toList();
        assertThat(read).hasSize(1);
        return read.get(0);
    }

    private static List<String> rows(TableEnvironment tables, String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = tables.executeSql(sql).collect()) {
            result.forEachRemaining(row -> rows.add(row.toString()));
        }
        return rows;
    }

    @Test
    void scansOfOneStreamGetTheirFieldsOfWhatItReads() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        StreamTableEnvironment tables = streaming(env);
        StreamStatementSet statements = tables.createStatementSet();
        statements.addInsertSql(
                "INSERT INTO first_sink SELECT who.name, who.place.city FROM people");
        statements.addInsertSql(
                "INSERT INTO second_sink SELECT CAST(id AS STRING), CAST(who.place.zip AS STRING) FROM people");
        statements.attachAsDataStream();
        StreamGraph graph = env.getStreamGraph();

        assertThat(read(graph).rowType().asSerializableString())
                .isEqualTo(
                        "ROW<`id` BIGINT, `who` ROW<`name` VARCHAR(2147483647), `place` ROW<`city` VARCHAR(2147483647), `zip` INT>>> NOT NULL");
        env.execute(graph);
        assertThat(Files.readAllLines(folder.resolve("first")))
                .containsExactlyInAnyOrder(
                        "1 x +I[Ann, Oslo]", "1 x +I[Bob, null]", "1 x +I[null, null]");
        assertThat(Files.readAllLines(folder.resolve("second")))
                .containsExactlyInAnyOrder("1 x +I[1, 4]", "1 x +I[2, null]", "1 x +I[3, null]");
    }

    @Test
    void changesHaveFieldsOfDataFilesAndChangeFiles() throws Exception {
        StreamTableEnvironment tables =
                streaming(StreamExecutionEnvironment.createLocalEnvironment(1));

        assertThat(rows(tables, "SELECT who.place.city, change, who.name FROM people"))
                .containsExactlyInAnyOrder(
                        "+I[Rome, insert, Ann]",
                        "+I[null, insert, Bob]",
                        "+I[null, insert, null]",
                        "-U[Rome, update_preimage, Ann]",
                        "+U[Oslo, update_postimage, Ann]");
    }

    @Test
    void theSidesOfASelfJoinFromACompiledPlanShareTheStream() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        StreamTableEnvironment tables = streaming(env);
        String plan =
                tables.compilePlanSql(
                                """
                                INSERT INTO first_sink SELECT a.name, b.city
                                FROM (SELECT id, who.name FROM people) a
                                JOIN (SELECT id, who.place.city FROM people) b ON a.id = b.id
                                """)
                        .asJsonString();
        assertThat(plan.replaceAll("\\s", ""))
                .contains("\"projectedFields\":[[0],[1,0]]")
                .contains("\"projectedFields\":[[0],[1,1,0]]");
        CompiledPlan loaded = tables.loadPlan(PlanReference.fromJsonString(plan));

        assertThat(loaded.explain()).contains("project=[id, who_name]");
        loaded.execute().await();

        assertThat(Files.readAllLines(folder.resolve("first")))
                .containsExactlyInAnyOrder(
                        "1 x +I[Ann, Oslo]", "1 x +I[Bob, null]", "1 x +I[null, null]");
    }

    @Test
    void aBatchReadsAndFiltersByFields() throws Exception {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        createTables(tables, "");

        assertThat(
                        rows(
                                tables,
                                "SELECT a.who.place.zip, b.who.name, b.tags[1].v FROM people a JOIN people b ON a.id = b.id WHERE b.who.age > 10"))
                .containsExactlyInAnyOrder("+I[4, Ann, 7]", "+I[null, Bob, null]");
        assertThat(
                        rows(
                                tables,
                                "SELECT who.name FROM people WHERE who.place.city = 'Oslo' AND who.place.door IS NULL"))
                .containsExactly("+I[Ann]");
        assertThat(rows(tables, "SELECT who.place, who.age FROM people"))
                .containsExactlyInAnyOrder(
                        "+I[+I[Oslo, 4, null], 30]", "+I[null, 40]", "+I[null, null]");
        assertThat(rows(tables, "SELECT COUNT(who.age), MAX(who.age) FROM people"))
                .containsExactly("+I[2, 40]");
        assertThat(rows(tables, "SELECT who.place.city FROM people WHERE who IS NULL"))
                .containsExactly("+I[null]");
    }

    @Test
    void aStructAndItsFieldsMayBeColumnsOfOneScan() throws Exception {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        createTables(tables, "");
        tables.getConfig().set(OptimizerConfigOptions.TABLE_OPTIMIZER_REUSE_SOURCE_ENABLED, true);
        String sql =
                """
                SELECT a.who.place.zip, b.name FROM people a
                JOIN (SELECT id, who.name FROM people) b ON a.id = b.id
                """;

        assertThat(tables.explainSql(sql)).contains("project=[id, who, who_name]");
        assertThat(rows(tables, sql))
                .containsExactlyInAnyOrder("+I[4, Ann]", "+I[null, Bob]", "+I[null, null]");
    }
}
