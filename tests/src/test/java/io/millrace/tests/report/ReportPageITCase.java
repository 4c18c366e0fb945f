package io.millrace.tests.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.artifacts.PlanBundle;
import io.millrace.artifacts.report.ReportPage;
import io.millrace.pipeline.BoundPipeline;
import io.millrace.pipeline.PipelinePlanning;
import io.millrace.pipeline.PipelineRunner;
import io.millrace.pipeline.PlanReport;
import io.millrace.pipeline.RunEvents;
import io.millrace.pipeline.definition.PipelineReader;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionProfile;
import io.millrace.tests.harness.Millrace;
import io.millrace.tests.harness.OrdersTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The report page in a browser; pictures of it lie under {@code target/report}. */
class ReportPageITCase {
    private static final Path PICTURES = Path.of("target", "report");
    private static final Path PIPELINES = Millrace.root().resolve("flink-jobs/pipelines");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir private static Path folder;

    private static Browser browser;
    private static OrdersTables tables;

    @BeforeAll
    static void aBrowser() {
        browser = Browser.start(folder.resolve("profile"));
        tables = new OrdersTables(folder.resolve("base"), new Random(5), 20);
        tables.commit();
    }

    @AfterAll
    static void noBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    private static PipelinePlanning planning(Path pipeline, Map<String, String> params) {
        return new PipelineRunner(
                        BoundPipeline.bind(
                                PipelineReader.read(pipeline),
                                params,
                                folder.resolve("warehouse"),
                                Millrace.root()),
                        SessionProfile.of("refresh"),
                        new ClusterTarget.Embedded(),
                        new RunEvents() {
                            @Override
                            public void progress(String line) {}

                            @Override
                            public void status(String line) {}
                        })
                .planning();
    }

    private static PlanReport plan(Path pipeline, Map<String, String> params) {
        return planning(pipeline, params).report();
    }

    private static PlanReport orders() {
        return plan(PIPELINES.resolve("orders"), Map.of("base", tables.base().toString()));
    }

    /** The orders pipeline with a filter in one of its views. */
    private static PlanReport changedOrders() throws IOException {
        Path pipeline = Files.createDirectory(folder.resolve("changed"));
        for (String file : List.of("pipeline.yaml", "views.sql")) {
            String text = Files.readString(PIPELINES.resolve("orders").resolve(file));
            Files.writeString(
                    pipeline.resolve(file),
                    text.replace(
                            "FROM orders\nGROUP BY",
                            "FROM orders\nWHERE status <> 'NEW'\nGROUP BY"));
        }
        return plan(pipeline, Map.of("base", tables.base().toString()));
    }

    private void nothingElseHappened() {
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests()).isEmpty();
        assertThat(browser.hasAlert()).isFalse();
        assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                .as("nothing sticks out at the side")
                .isEqualTo(true);
    }

    @Test
    void theCodeGraphCanBeWalkedThrough() throws Exception {
        Path source = Files.createDirectory(folder.resolve("source"));
        Files.writeString(
                source.resolve("Greeter.java"), "class Greeter { void greet() { greet(); } }\n");
        Path page =
                plan(PIPELINES.resolve("code-graph"), Map.of("source", source.toString())).page();
        browser.open(page, 1280, 900, false);
        browser.picture(PICTURES.resolve("code-graph-pipeline.png"));
        assertThat(browser.texts("[data-graph-of=tasks] .box.dataset .line"))
                .allMatch(line -> line.startsWith("version "));
        assertThat(browser.elements("[data-graph-of=tasks] .box.view")).isNotEmpty();
        browser.press(".tools [aria-pressed]");
        assertThat(browser.elements("[data-graph-of=tasks] .box.on").size()).isGreaterThan(3);
        browser.press("[data-graph-of=tasks] .box.dataset");
        assertThat(browser.elements("[data-graph-of=tasks] .box.on").size()).isGreaterThan(2);
        assertThat(browser.texts(".details h4").toString()).contains("Affected when it changes");
        browser.picture(PICTURES.resolve("code-graph-dataset.png"));

        browser.tab("columns");
        browser.press("[data-side=to][data-column='cpg_nodes.name']");
        assertThat(browser.texts(".column.on[data-side=from] .chip")).contains("transformation");
        assertThat(browser.elements(".thread.on")).isNotEmpty();
        browser.picture(PICTURES.resolve("code-graph-column.png"));

        browser.tab("plan");
        browser.picture(PICTURES.resolve("code-graph-operators.png"));
        browser.press("#stages-physical");
        browser.press("[data-graph-of=physical] .box.step");
        browser.picture(PICTURES.resolve("code-graph-physical.png"));
        nothingElseHappened();

        browser.open(page, 390, 844, false);
        browser.tab("plan");
        browser.picture(PICTURES.resolve("code-graph-phone.png"));
        nothingElseHappened();
    }

    @Test
    void aChangedViewIsShownAndSoIsARun() throws Exception {
        PlanReport first = orders();
        PlanReport second = changedOrders();
        assertThat(second.planId()).isNotEqualTo(first.planId());
        Path page = folder.resolve("changed.html");
        new ReportPage(second.bundle(), Optional.of(first.bundle()), Optional.of(run(first)))
                .write(page);
        for (boolean dark : List.of(false, true)) {
            String name = dark ? "orders-dark-" : "orders-";
            browser.open(page, 1280, 900, dark);
            browser.picture(PICTURES.resolve(name + "pipeline.png"));
            browser.tab("columns");
            browser.press("[data-side=to][data-column='revenue_named.revenue']");
            browser.picture(PICTURES.resolve(name + "column.png"));
            browser.tab("changes");
            browser.picture(PICTURES.resolve(name + "changes.png"));
            browser.tab("run");
            browser.picture(PICTURES.resolve(name + "run.png"));
            browser.tab("inputs");
            browser.picture(PICTURES.resolve(name + "inputs.png"));
            nothingElseHappened();
        }
        assertThat(browser.texts("#tabs-changes-panel td").toString())
                .contains("orders.status FILTER")
                .contains("revenue_named");
        assertThat(browser.texts("#tabs-run-panel td").toString()).contains("1,000");

        browser.open(page, 390, 844, false);
        browser.tab("columns");
        browser.press("[data-side=to][data-column='revenue_named.revenue']");
        assertThat(browser.texts(".column.on[data-side=from]").toString())
                .contains("amount")
                .contains("aggregation");
        browser.picture(PICTURES.resolve("orders-phone.png"));
        nothingElseHappened();
    }

    @Test
    void theSameRulesFireEachTime() {
        Path pipeline = PIPELINES.resolve("orders");
        Map<String, String> params = Map.of("base", tables.base().toString());
        PlanBundle first = planning(pipeline, params).look();
        PlanBundle second = planning(pipeline, params).look();
        assertThat(first.rules()).isNotEmpty().isEqualTo(second.rules());
    }

    @Test
    void theKeyboardReachesEverything() {
        browser.open(orders().page(), 1280, 900, false);
        browser.type("#tabs-pipeline", Keys.ARROW_RIGHT);
        assertThat(browser.element("#tabs-columns").getAttribute("aria-selected"))
                .isEqualTo("true");
        String source = "[data-side=from][data-column='orders.amount']";
        browser.type(source, Keys.ENTER);
        assertThat(browser.element(source).getAttribute("aria-pressed")).isEqualTo("true");
        assertThat(browser.texts(".column.on[data-side=to]").toString()).contains("revenue");
        browser.type(source, Keys.ESCAPE);
        assertThat(browser.elements(".column.on")).isEmpty();
        browser.tab("pipeline");
        browser.type("[data-graph-of=tasks] .box.result", Keys.ENTER);
        assertThat(browser.elements("[data-graph-of=tasks] .box.chosen")).hasSize(1);
        nothingElseHappened();
    }

    @Test
    void hostileNamesAreText() throws Exception {
        Map<String, String> names =
                Map.of(
                        "customer", "</script><script>alert(1)</script>",
                        "orders", "\"><img src=x onerror=alert(2)>",
                        "revenue", "]]>--><b onclick='alert(3)'>&amp;${x}",
                        "amount", "\u202Egnp.exe \u05E9\u05DC\u05D5\u05DD \uD83D\uDE80");
        Path bundle = Files.createDirectory(folder.resolve("hostile"));
        try (Stream<Path> files = Files.list(orders().bundle())) {
            for (Path file : files.filter(f -> !f.toString().endsWith(".html")).toList()) {
                String text = Files.readString(file);
                for (Map.Entry<String, String> name : names.entrySet()) {
                    String quoted = MAPPER.writeValueAsString(name.getValue());
                    boolean json = file.toString().endsWith(".json");
                    text =
                            text.replace(
                                    name.getKey(),
                                    json
                                            ? quoted.substring(1, quoted.length() - 1)
                                            : name.getValue());
                }
                Files.writeString(bundle.resolve(file.getFileName()), text);
            }
        }
        Path page = new ReportPage(bundle, Optional.empty(), Optional.empty()).write();
        browser.open(page, 1280, 900, false);
        browser.picture(PICTURES.resolve("hostile-pipeline.png"));
        browser.press("[data-graph-of=tasks] .box.result");
        browser.tab("columns");
        browser.press("[data-side=to].column");
        browser.picture(PICTURES.resolve("hostile-column.png"));
        for (String tab : List.of("plan", "changes", "warnings", "inputs")) {
            browser.tab(tab);
        }
        browser.press("#tabs-plan");
        for (String stage : List.of("physical", "logical", "ast", "exec")) {
            browser.press("#stages-" + stage);
            browser.press("[data-graph-of=" + stage + "] .box");
        }
        assertThat(browser.elements("img, b, iframe, object, embed, form")).isEmpty();
        assertThat(browser.elements("script")).hasSize(2);
        assertThat(browser.texts(".table.to h3").toString()).contains(names.get("revenue"));
        assertThat(browser.texts(".table.from .name").toString()).contains("\\u202Egnp.exe");
        nothingElseHappened();
    }

    /** Made-up figures of a run, for each operator of a plan. */
    private static JsonNode run(PlanReport plan) throws IOException {
        JsonNode compiled = MAPPER.readTree(plan.bundle().resolve("compiled-plan.json").toFile());
        ObjectNode run = MAPPER.createObjectNode();
        run.put("run_id", "made up");
        run.put("started", "2026-01-01T00:00:00Z");
        run.put("seconds", 12.5);
        ArrayNode nodes = run.putArray("nodes");
        for (JsonNode node : compiled.path("nodes")) {
            int id = node.path("id").asInt();
            ObjectNode figures = nodes.addObject();
            figures.put("id", id);
            figures.put("name", node.path("type").asText());
            figures.put("rows_in", 1000 * id);
            figures.put("rows_out", 900 * id);
            figures.put("busy_ms", 700 * id % 4100);
            figures.put("backpressured_ms", 300 * id % 1700);
            if (node.has("state")) {
                figures.put("state_bytes", 123_456L * id);
            }
        }
        return run;
    }
}
