package io.millrace.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.tests.harness.FeedReplay;
import io.millrace.tests.harness.Millrace;
import io.millrace.tests.harness.RawTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a git work tree to the code graph, again after one more commit. */
class CodeGraphE2eITCase {

    @TempDir Path folder;

    @Test
    void theRefreshAfterOneMoreCommitEqualsOneFromScratch() throws Exception {
        Path source = folder.resolve("project");
        Millrace millrace = new Millrace(folder);
        Path warehouse = folder.resolve("warehouse");
        try (Git git = Git.init().setDirectory(source.toFile()).call()) {
            for (int i = 0; i < 8; i++) {
                write(source, "Stays" + i, "int stays(int a) { return stays(a - 1); }");
            }
            write(source, "Greeter", "String greet(String name) { return \"hello \" + name; }");
            write(
                    source,
                    "Main",
                    "void run() { new Greeter().greet(\"you\"); helper(); } void helper() {}");
            commit(git, "first");
            write(source, "Other", "void run() { new Main().run(); }");
            commit(git, "second");
            JsonNode first = refresh(millrace, source, warehouse);
            assertThat(sink(first, "cpg_nodes").get("inserted").asLong()).isPositive();
            assertThat(sink(first, "cpg_edges").get("inserted").asLong()).isPositive();

            write(source, "Main", "void run() { helper(); helper(); } void helper() { run(); }");
            Files.delete(source.resolve("Other.java"));
            write(source, "Late", "void late() { new Greeter().greet(\"me\"); }");
            commit(git, "third");
        }
        RawTable nodes = new RawTable(warehouse.resolve("cpg_nodes"));
        RawTable edges = new RawTable(warehouse.resolve("cpg_edges"));
        long nodesBefore = nodes.latestVersion();
        long edgesBefore = edges.latestVersion();
        JsonNode second = refresh(millrace, source, warehouse);
        for (JsonNode dataset : second.get("sources")) {
            assertThat(dataset.get("to_version").asLong() - dataset.get("from_version").asLong())
                    .as("new versions of %s", dataset.get("dataset"))
                    .isEqualTo(1);
        }
        assertReported(second, "cpg_nodes", nodes, nodesBefore);
        assertReported(second, "cpg_edges", edges, edgesBefore);

        Path fresh = folder.resolve("fresh");
        refresh(millrace, source, fresh);
        assertSameRows(nodes, new RawTable(fresh.resolve("cpg_nodes")));
        assertSameRows(edges, new RawTable(fresh.resolve("cpg_edges")));
        for (RawTable table : List.of(nodes, edges)) {
            assertThat(new FeedReplay(table).firstDifference()).isEmpty();
        }
    }

    private static void write(Path source, String type, String members) throws Exception {
        Files.writeString(
                source.resolve(type + ".java"), "class " + type + " {\n  " + members + "\n}\n");
    }

    private static void commit(Git git, String message) throws Exception {
        git.add().addFilepattern(".").call();
        git.add().setUpdate(true).addFilepattern(".").call();
        git.commit().setMessage(message).setAuthor("a", "a@b.c").setCommitter("a", "a@b.c").call();
    }

    private static JsonNode refresh(Millrace millrace, Path source, Path warehouse)
            throws InterruptedException {
        return millrace.run(
                        "refresh",
                        "code-graph",
                        "--warehouse",
                        warehouse.toString(),
                        "--param",
                        "source=" + source,
                        "--json")
                .expect(0)
                .json();
    }

    private static JsonNode sink(JsonNode report, String dataset) {
        for (JsonNode sink : report.get("sinks")) {
            if (sink.get("dataset").asText().equals(dataset)) {
                return sink;
            }
        }
        throw new AssertionError("no sink " + dataset + " in " + report);
    }

    /** What the run says it changed is what the feed has since. */
    private static void assertReported(
            JsonNode report, String dataset, RawTable table, long after) {
        FeedReplay feed = new FeedReplay(table);
        long inserted = 0;
        long updated = 0;
        long deleted = 0;
        for (long version = after + 1; version <= table.latestVersion(); version++) {
            for (FeedReplay.Change change : feed.changes(version)) {
                switch (change.type()) {
                    case "insert" -> inserted++;
                    case "update_postimage" -> updated++;
                    case "delete" -> deleted++;
                    default -> {}
                }
            }
        }
        JsonNode sink = sink(report, dataset);
        assertThat(sink.get("inserted").asLong()).as(dataset + " inserted").isEqualTo(inserted);
        assertThat(sink.get("updated").asLong()).as(dataset + " updated").isEqualTo(updated);
        assertThat(sink.get("deleted").asLong()).as(dataset + " deleted").isEqualTo(deleted);
        assertThat(inserted + updated + deleted)
                .isPositive()
                .isLessThan(table.rows(table.latestVersion()).size());
    }

    private static void assertSameRows(RawTable actual, RawTable expected) {
        assertThat(actual.rows(actual.latestVersion()))
                .containsExactlyInAnyOrderElementsOf(expected.rows(expected.latestVersion()));
    }
}
