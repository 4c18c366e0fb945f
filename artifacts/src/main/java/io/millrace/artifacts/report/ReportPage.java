package io.millrace.artifacts.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.artifacts.capture.BundleStore;
import io.millrace.artifacts.graph.PlanPictures;
import io.millrace.artifacts.graph.Svg;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The page about a bundle: the pipeline as a graph, lineage of columns, stages of the plan, what
 * differs from another plan, and the figures of a run. One HTML file that opens without network:
 * its content policy lets nothing be loaded, and only its own script and style run. The same files
 * give the same bytes.
 *
 * @param bundle folder of the bundle
 * @param before folder of the bundle to compare with
 * @param run figures of a run: {@code run_id, started, seconds, nodes: [{id, name, rows_in,
 *     rows_out, busy_ms, backpressured_ms, state_bytes}]}, where {@code id} is the exec node's;
 *     what is not known is absent; or what {@code artifacts run ID --json} prints
 */
public record ReportPage(Path bundle, Optional<Path> before, Optional<JsonNode> run) {
    /** Name of the page in the bundle's folder. */
    public static final String FILE = "report.html";

    private static final List<String> STYLES = List.of("page.css", "graph.css", "columns.css");
    private static final List<String> SCRIPTS =
            List.of(
                    "dom.js",
                    "graph.js",
                    "pipeline.js",
                    "columns.js",
                    "plan.js",
                    "tables.js",
                    "page.js");

    public ReportPage {
        requireNonNull(bundle, "bundle is null");
        requireNonNull(before, "before is null");
        requireNonNull(run, "run is null");
    }

    /** Writes the page into the bundle's folder. */
    public Path write() {
        return write(bundle.resolve(FILE));
    }

    /** Writes the page to a file, as a whole or not at all. */
    public Path write(Path file) {
        String html = html();
        Path folder = file.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder);
            Path temporary =
                    folder.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid());
            Files.write(temporary, html.getBytes(StandardCharsets.UTF_8));
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e.getMessage(), e);
        }
    }

    /** The page. */
    public String html() {
        BundleFiles files = new BundleFiles(bundle);
        String style = resources(STYLES);
        String script = resources(SCRIPTS);
        String title = Svg.escaped(files.json("manifest.json").path("pipeline").asText());
        StringBuilder html = new StringBuilder();
        html.append(
                """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '%s'; style-src '%s'; img-src data:; base-uri 'none'; form-action 'none'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="referrer" content="no-referrer">
                <link rel="icon" href="data:,">
                """
                        .formatted(hash(script), hash(style)));
        html.append("<title>").append(title).append(" · plan</title>\n");
        html.append("<style>").append(style).append("</style>\n</head>\n<body>\n");
        html.append("<noscript>This page needs its script.</noscript>\n<div id=\"page\"></div>\n");
        graph(
                html,
                "tasks",
                Svg.element(
                        PlanPictures.tasks(files.json("task-graph.json").path("tasks")),
                        "Pipeline"));
        JsonNode nodes = files.json("nodes.json");
        for (String stage : List.of("ast", "logical", "physical")) {
            graph(
                    html,
                    stage,
                    Svg.element(PlanPictures.nodes(nodes.path(stage)), "Stage " + stage));
        }
        graph(
                html,
                "exec",
                Svg.element(
                        PlanPictures.operators(files.json(BundleStore.COMPILED_PLAN)),
                        "Operators"));
        html.append("<script type=\"application/json\" id=\"data\">")
                .append(embedded(ReportData.of(files, before, run)))
                .append("</script>\n<script>")
                .append(script)
                .append("</script>\n</body>\n</html>\n");
        return html.toString();
    }

    private static void graph(StringBuilder html, String name, String svg) {
        html.append("<template data-graph=\"").append(name).append("\">\n");
        html.append(svg).append("</template>\n");
    }

    /** JSON that cannot end the element that it stands in. */
    private static String embedded(JsonNode data) {
        try {
            return BundleFiles.MAPPER.writeValueAsString(data).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The report cannot be written: " + e.getMessage(), e);
        }
    }

    private static String resources(List<String> names) {
        return names.stream().map(ReportPage::resource).collect(Collectors.joining());
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            return new String(requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": cannot be read", e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
