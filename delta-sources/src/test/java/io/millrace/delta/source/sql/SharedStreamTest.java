package io.millrace.delta.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.ReadSpecHandle;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.source.StartingPosition;
import io.millrace.delta.source.order.SourceProgress;
import io.millrace.delta.source.order.VersionSequencerFactory;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.types.DeltaTypes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.PlanReference;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.config.OptimizerConfigOptions;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedStreamTest {

    @TempDir private Path folder;

    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment();
    private final StreamTableEnvironment tables = StreamTableEnvironment.create(env);

    @BeforeEach
    void makeTables() throws Exception {
        // The planner merges scans that differ in their columns only; not those that differ more.
        tables.getConfig().set(OptimizerConfigOptions.TABLE_OPTIMIZER_REUSE_SOURCE_ENABLED, false);
        for (String name : List.of("orders", "others")) {
            OrdersTable.create(folder.resolve(name), true, "id");
            tables.executeSql(
                    """
                    CREATE TABLE %s (id BIGINT NOT NULL, customer BIGINT, amount BIGINT)
                    WITH ('connector' = 'delta', 'path' = '%s')
                    """
                            .formatted(name, folder.resolve(name)));
        }
        tables.executeSql(
                "CREATE TABLE sink (a BIGINT, b BIGINT) WITH ('connector' = 'blackhole')");
    }

    /** Sequencers of the job graph's stream graph, with what they read. */
    private Map<String, ReadSpec> readBy(StreamGraph graph) throws Exception {
        Map<String, ReadSpec> read = new TreeMap<>();
        for (StreamNode node : graph.getStreamNodes()) {
            if (node.getOperatorFactory() instanceof VersionSequencerFactory factory) {
                assertThat(
                                read.put(
                                        node.getTransformationUID(),
                                        InstantiationUtil.clone(factory).handle().spec()))
                        .isNull();
            }
        }
        return read;
    }

    private StreamGraph translate(String... inserts) {
        statements(inserts).attachAsDataStream();
        return env.getStreamGraph();
    }

    private StreamStatementSet statements(String... inserts) {
        StreamStatementSet statements = tables.createStatementSet();
        for (String insert : inserts) {
            statements.addInsertSql(insert);
        }
        return statements;
    }

    @Test
    void scansOfATableShareOneStreamOfAllTheirColumns() throws Exception {
        StreamGraph graph =
                translate(
                        "INSERT INTO sink SELECT id, amount FROM orders WHERE amount > 7",
                        "INSERT INTO sink SELECT customer, COUNT(*) FROM orders GROUP BY customer",
                        "INSERT INTO sink SELECT id, customer FROM others");

        Map<String, ReadSpec> read = readBy(graph);
        assertThat(read).containsOnlyKeys("sequence-orders", "sequence-others");
        assertThat(read.get("sequence-orders").columns())
                .containsExactly("id", "customer", "amount");
        assertThat(read.get("sequence-others").columns()).containsExactly("id", "customer");
        assertThat(graph.getSourceIDs()).hasSize(2);
    }

    @Test
    void lineageNamesTheTable() {
        StreamGraph graph =
                translate("INSERT INTO sink SELECT id, amount FROM orders WHERE amount > 7");

        assertThat(graph.getLineageGraph().sources())
                .flatExtracting(LineageVertex::datasets)
                .extracting(LineageDataset::name, LineageDataset::namespace)
                .containsExactly(tuple(folder.resolve("orders").toString(), "file"));
    }

    @Test
    void everyOperatorHasAUid() {
        StreamGraph graph =
                translate(
                        "INSERT INTO sink SELECT id, amount FROM orders WHERE amount > 7",
                        "INSERT INTO sink SELECT customer, COUNT(*) FROM orders GROUP BY customer");

        assertThat(
                        graph.getStreamNodes().stream()
                                .map(StreamNode::getTransformationUID)
                                .filter(uid -> uid != null && uid.contains("orders"))
                                .collect(Collectors.toList()))
                .containsExactlyInAnyOrder(
                        "source-orders",
                        "guard-orders",
                        "sequence-orders",
                        "scan-orders-1",
                        "scan-orders-2");
    }

    @Test
    void anEarlierStatementDoesNotWidenALaterOne() throws Exception {
        tables.explainSql("SELECT id, customer, amount FROM orders");
        tables.explainSql(
                "INSERT INTO sink SELECT id, amount FROM orders",
                ExplainDetail.JSON_EXECUTION_PLAN);

        Map<String, ReadSpec> read =
                readBy(translate("INSERT INTO sink SELECT id, id FROM orders"));

        assertThat(read.get("sequence-orders").columns()).containsExactly("id");
    }

    @Test
    void aCompiledPlanSharesTheStreamToo() {
        String plan =
                statements(
                                "INSERT INTO sink SELECT id, amount FROM orders WHERE amount > 7",
                                "INSERT INTO sink SELECT customer, COUNT(*) FROM orders GROUP BY customer")
                        .compilePlan()
                        .asJsonString();

        String graph =
                tables.loadPlan(PlanReference.fromJsonString(plan))
                        .explain(ExplainDetail.JSON_EXECUTION_PLAN);

        assertThat(graph.split("\"pact\" : \"Data Source\"", -1)).hasSize(2);
        assertThat(graph.split("\"type\" : \"Scan: orders", -1)).hasSize(3);
        assertThat(graph.split("\"type\" : \"Sequence: orders by version\"", -1)).hasSize(2);
    }

    @Test
    void sinksFindTheProgressOfTheirSources() {
        statements(
                        "INSERT INTO sink SELECT o.id, p.amount FROM orders o JOIN others p ON o.id = p.id")
                .attachAsDataStream();
        List<Transformation<?>> ends = new ArrayList<>(env.getTransformations());

        assertThat(SourceProgress.streamsBefore(ends.get(ends.size() - 1))).hasSize(2);
    }

    @Test
    void whatIsSerializedIsTheUnionAtThatTime() throws Exception {
        DeltaScan scan =
                new DeltaScan(
                        new ReadSpec(
                                "orders",
                                "/tables/orders",
                                DeltaTypes.toRowType(
                                        DeltaTable.at(folder.resolve("orders").toString())
                                                .snapshot()
                                                .metadata()
                                                .schema()),
                                List.of(),
                                new StartingPosition.Snapshot()),
                        SourceRun.following(Duration.ofSeconds(1)),
                        false,
                        DeltaSourceOptions.Consistency.VERSION,
                        1,
                        false);
        SharedRead read = new SharedRead(scan, "orders");
        read.join(scan, new ScanNeeds(List.of("amount")));
        ReadSpecHandle first = InstantiationUtil.clone((ReadSpecHandle) read);
        assertThat(read.join(scan, new ScanNeeds(List.of("customer")))).isTrue();
        ReadSpecHandle second = InstantiationUtil.clone((ReadSpecHandle) read);

        assertThat(first.spec().columns()).containsExactly("amount");
        assertThat(second.spec().columns()).containsExactly("customer", "amount");
        read.seal();
        assertThat(read.join(scan, new ScanNeeds(List.of("id")))).isFalse();
    }
}
