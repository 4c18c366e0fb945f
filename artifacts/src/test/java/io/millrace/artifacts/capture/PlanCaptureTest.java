package io.millrace.artifacts.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.artifacts.DatasetResolution;
import io.millrace.artifacts.PlanBundle;
import io.millrace.artifacts.PlanOrigin;
import io.millrace.artifacts.PlanningInput;
import io.millrace.artifacts.SettingsSnapshot;
import io.millrace.artifacts.report.ReportPage;
import io.millrace.delta.table.RefusedException;
import io.millrace.functions.FunctionRegistry;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PlanCaptureTest {
    private static final String VIEW =
            "SELECT customer, SUM(amount) AS total FROM orders GROUP BY customer";

    private static PlanBundle plan(
            String view, String location, String functions, Map<String, String> settings) {
        return new PlanCapture(
                        () -> {
                            TableEnvironment env =
                                    TableEnvironment.create(EnvironmentSettings.inStreamingMode());
                            env.getConfig().set("table.plan.compile.catalog-objects", "SCHEMA");
                            env.executeSql(
                                    "CREATE TABLE orders (id BIGINT, customer BIGINT, amount INT)"
                                            + " WITH ('connector' = 'datagen', 'rows-per-second' = '"
                                            + location.length()
                                            + "')");
                            for (String sink : List.of("totals", "copy")) {
                                env.executeSql(
                                        "CREATE TABLE "
                                                + sink
                                                + " (k BIGINT, v INT, PRIMARY KEY (k) NOT ENFORCED)"
                                                + " WITH ('connector' = 'blackhole')");
                            }
                            env.executeSql("CREATE TEMPORARY VIEW v AS " + view);
                            StatementSet statements = env.createStatementSet();
                            statements.addInsertSql("INSERT INTO totals SELECT * FROM v");
                            statements.addInsertSql(
                                    "INSERT INTO copy SELECT id, amount FROM orders");
                            return new PlanningInput(
                                    "p",
                                    env,
                                    statements,
                                    SettingsSnapshot.of(settings, Map.of()),
                                    functions,
                                    FunctionRegistry.standard(),
                                    PlanOrigin.of(
                                            Map.of("pipeline.yaml", "name: p"), Map.of(), location),
                                    List.of(
                                            new DatasetResolution(
                                                    "orders", "source", location, "id", 3,
                                                    List.of(), "hash", "{}", "", false)));
                        })
                .capture();
    }

    private static PlanBundle plan() {
        return plan(VIEW, "/a", "f1", Map.of("table.local-time-zone", "UTC"));
    }

    @Test
    void planningTwiceGivesTheSameBytes() throws Exception {
        Map<String, String> first = BundleStore.files(plan());
        plan("SELECT id, MAX(amount) FROM orders GROUP BY id", "/a", "f1", Map.of());
        Map<String, String> second = BundleStore.files(plan());
        first.remove("manifest.json");
        second.remove("manifest.json");
        assertThat(first.get("estimates.json")).contains("\"rows\" : ");
        assertThat(second).isEqualTo(first);
        assertThat(first.get("ast.txt")).contains("LogicalSink");
        assertThat(first.get("physical.txt")).contains("GroupAggregate").contains("changelogMode=");
        assertThat(first.get("logical.txt")).contains("FlinkLogicalAggregate");
        assertThat(first.get("nodes.json"))
                .contains("\"changelog\" : \"I,UA")
                .contains("\"upsert_keys\" : [ [ \"customer\" ] ]");
        assertThat(first.get("plan.dot")).contains("GroupAggregate").contains("n1 -> n2;");
        assertThat(first.get("exec-plan.txt")).contains("GroupAggregate");
    }

    @Test
    void picturesAreXmlAndHoldTheNodes() throws Exception {
        Map<String, String> files = BundleStore.files(plan());
        for (String picture : List.of("plan.svg", "task-graph.svg")) {
            Document svg =
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(files.get(picture))));
            assertThat(svg.getElementsByTagName("rect").getLength()).as(picture).isGreaterThan(2);
        }
        assertThat(files.get("plan.svg")).contains(">GroupAggregate<");
    }

    @Test
    void aPageIsTheSameForTheSameBundleAndItsNamesAreText(@TempDir Path warehouse)
            throws Exception {
        Path folder = new BundleStore(warehouse).write(plan());
        Files.writeString(
                folder.resolve("warnings.json"), "[\"</script><script>alert(1)</script>\"]");
        ReportPage page = new ReportPage(folder, Optional.empty(), Optional.empty());
        String html = page.html();
        assertThat(page.html()).isEqualTo(html);
        assertThat(html)
                .contains("default-src 'none'", "\\u003c/script>")
                .doesNotContain("<script>alert", "src=", "@import", "url(");
        assertThat(html.split("</script>", -1)).hasSize(3);
        assertThat(page.write()).hasFileName("report.html").hasContent(html);
    }

    @Test
    void identityFollowsViewFunctionsAndSettingsButNotLocations() {
        String id = plan().planId();
        Map<String, String> settings = Map.of("table.local-time-zone", "UTC");
        assertThat(plan(VIEW, "/elsewhere", "f1", settings).planId()).isEqualTo(id);
        assertThat(plan(VIEW.replace("SUM", "MAX"), "/a", "f1", settings).planId())
                .isNotEqualTo(id);
        assertThat(plan(VIEW, "/a", "f2", settings).planId()).isNotEqualTo(id);
        assertThat(plan(VIEW, "/a", "f1", Map.of("table.local-time-zone", "CET")).planId())
                .isNotEqualTo(id);
        assertThat(
                        plan(
                                        VIEW,
                                        "/a",
                                        "f1",
                                        Map.of("table.local-time-zone", "UTC", "rest.port", "1"))
                                .planId())
                .isEqualTo(id);
    }

    @Test
    void knowsWhatEachResultReads() {
        assertThat(plan().sourcesOfResults())
                .isEqualTo(Map.of("totals", List.of("orders"), "copy", List.of("orders")));
    }

    @Test
    void aWrittenBundleStays(@TempDir Path warehouse) throws Exception {
        BundleStore store = new BundleStore(warehouse);
        PlanBundle bundle = plan();
        Path folder = store.write(bundle);
        String manifest = Files.readString(folder.resolve("manifest.json"));
        assertThat(store.write(bundle)).isEqualTo(folder);
        assertThat(folder.resolve("manifest.json")).hasContent(manifest);
        assertThat(store.compiledPlan("p", bundle.planId())).hasValue(bundle.compiledPlan());
    }

    @Test
    void differencesSayWhatIsOther(@TempDir Path warehouse) {
        BundleStore store = new BundleStore(warehouse);
        PlanBundle before = plan();
        PlanBundle after =
                plan(
                        "SELECT customer, CAST(COUNT(amount) AS INT) AS total FROM orders WHERE id > 3 GROUP BY customer",
                        "/a",
                        "f2",
                        Map.of("table.local-time-zone", "CET"));
        store.write(before);
        store.write(after);
        assertThat(store.differences("p", before.planId(), before.planId())).isEmpty();
        assertThat(store.differences("p", before.planId(), after.planId()))
                .contains(
                        "rows totals: was orders.customer GROUP_BY and is orders.customer GROUP_BY, orders.id FILTER",
                        "function snapshot: was f1 and is f2",
                        "setting table.local-time-zone: was UTC and is CET")
                .anyMatch(line -> line.startsWith("operator ") && line.contains("COUNT(amount)"))
                .anyMatch(line -> line.startsWith("state ") && line.contains(": lost, "));
    }

    @Test
    void anIdentityFollowsWhatItIsMadeOfAndNothingElse() {
        Map<String, String> settings = Map.of("table.local-time-zone", "UTC");
        String id = plan().planId();
        List<String> relevant =
                List.of(
                        VIEW.replace("SUM(amount)", "SUM(amount + 1)"),
                        VIEW.replace("SUM", "MAX"),
                        VIEW.replace("FROM orders", "FROM orders WHERE amount > 1"),
                        VIEW.replace("FROM orders", "FROM orders WHERE amount > 2"),
                        VIEW.replace("customer", "id"));
        assertThat(relevant.stream().map(view -> plan(view, "/a", "f1", settings).planId()))
                .doesNotHaveDuplicates()
                .doesNotContain(id);
        List<String> irrelevant =
                List.of(
                        VIEW.toLowerCase(Locale.ROOT),
                        "/* a comment */ " + VIEW,
                        VIEW.replace("orders", "(SELECT * FROM orders) AS o"));
        assertThat(irrelevant)
                .allMatch(view -> plan(view, "/b", "f1", settings).planId().equals(id));
    }

    @Test
    void refusesToWriteCredentials(@TempDir Path warehouse) {
        PlanBundle bundle =
                plan(
                        VIEW.replace(
                                "FROM orders",
                                "FROM orders WHERE 'AKIAABCDEFGHIJKLMNOP' <> CAST(id AS STRING)"),
                        "/a",
                        "f",
                        Map.of());
        assertThatThrownBy(() -> new BundleStore(warehouse).write(bundle))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("looks like a credential");
        assertThat(
                        SettingsSnapshot.of(Map.of("s3.secret-key", "x"), Map.of())
                                .settings()
                                .get("s3.secret-key"))
                .isEqualTo(new SettingsSnapshot.Setting("******", "session"));
    }
}
