package io.millrace.codegraph;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.CommandIo;
import io.millrace.cli.CommandResult;
import io.millrace.codegraph.input.GitWorkTree;
import io.millrace.pipeline.PrepareContext;
import io.millrace.pipeline.PrepareStep;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExtractStepTest {
    private static final List<String> TABLES =
            List.of("anchors", "calls", "defs", "imports", "source_files");

    @TempDir private Path folder;

    @Test
    void extractsWhatIsAbsentAndThenWhatIsNew() throws Exception {
        try (GitWorkTree git = new GitWorkTree(folder.resolve("project"))) {
            git.write("A.java", "class A { }").commit();
            Map<String, String> source = Map.of("source", folder.resolve("project").toString());

            assertThat(prepare(source, true)).isEqualTo(pins(1));
            git.write("A.java", "class A { int a; }").commit();
            assertThat(prepare(source, false)).isEqualTo(pins(1));
            assertThat(prepare(source, true)).isEqualTo(pins(2));
            assertThat(prepare(source, true)).isEqualTo(pins(2));

            git.write("A.java", "class A { int a, b; }").commit();
            assertThat(prepare(Map.of(), true)).isEqualTo(pins(3));
        }
    }

    @Test
    void planningExtractsOnlyWhatIsAbsent() throws Exception {
        try (GitWorkTree git = new GitWorkTree(folder.resolve("project"))) {
            git.write("A.java", "class A { }").commit();

            assertThat(prepare(Map.of("source", folder.resolve("project").toString()), false))
                    .isEqualTo(pins(1));
        }
    }

    @Test
    void leavesTablesAloneThatTheCommandFilled() throws Exception {
        try (GitWorkTree git = new GitWorkTree(folder.resolve("project"))) {
            String first = git.write("A.java", "class A { }").commit();
            git.write("A.java", "class A { int a; }").commit();

            CommandResult result =
                    command("--from", first, "--to", first, folder.resolve("project").toString());

            assertThat(result.document()).containsKeys("revisions", "tables", "seconds");
            assertThat(result.message()).startsWith("extracted 1 revision, 1 file, in");
            assertThat(prepare(Map.of(), true)).isEqualTo(pins(1));
            assertThat(command(folder.resolve("project").toString()).message())
                    .startsWith("extracted 1 revision");
            assertThat(command(folder.resolve("project").toString()).message())
                    .startsWith("nothing to extract");
        }
    }

    private CommandResult command(String... arguments) throws Exception {
        ExtractCommand command = new ExtractCommand();
        new CommandLine(command).parseArgs(with("--warehouse=" + warehouse(), arguments));
        return command.run(new Silent());
    }

    private static String[] with(String first, String... rest) {
        String[] all = new String[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    private Map<String, Long> prepare(Map<String, String> params, boolean refreshing) {
        PrepareStep step =
                ServiceLoader.load(PrepareStep.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(candidate -> candidate.name().equals("extract"))
                        .findFirst()
                        .orElseThrow();
        Map<String, String> sources = new HashMap<>();
        for (String table : TABLES) {
            sources.put("my_" + table, warehouse().resolve(table).toString());
        }
        sources.put("other", folder.resolve("elsewhere/defs").toString());
        return step.prepare(
                        new PrepareContext(
                                "code-graph", params, warehouse(), sources, refreshing, line -> {}))
                .pins();
    }

    private Path warehouse() {
        return folder.resolve("warehouse");
    }

    private static Map<String, Long> pins(long version) {
        Map<String, Long> pins = new HashMap<>();
        TABLES.forEach(table -> pins.put("my_" + table, version));
        return pins;
    }

    private static final class Silent implements CommandIo {
        @Override
        public OutputStream output() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public void progress(String line) {}

        @Override
        public void status(String line) {}
    }
}
