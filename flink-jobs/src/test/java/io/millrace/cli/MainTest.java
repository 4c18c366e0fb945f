package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.delta.table.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir private Path warehouse;

    /** Ends as it is told to. */
    @Command(name = "test")
    static final class TestCommand implements CliCommand {
        @Mixin private CommonOptions common = new CommonOptions();

        @Option(names = "--end")
        private String end = "done";

        @Override
        public CommonOptions common() {
            return common;
        }

        @Override
        public CommandResult run(CommandIo io) throws Exception {
            io.progress("working");
            RefusedException refused = new RefusedException("t: cannot do it at version 3. Stop.");
            switch (end) {
                case "refused" -> throw new IllegalStateException("wrapped", refused);
                case "refused-remotely" -> throw new IOException(new SerializedThrowable(refused));
                case "failed" ->
                        throw new IllegalStateException("outer", new IOException("disk\nfull"));
                case "usage" -> throw new UsageException("there is no such thing");
                default -> {}
            }
            return new CommandResult(Map.of("value", 1), List.of("value 1"), "all done");
        }
    }

    private int run(String... args) {
        Main main =
                new Main(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        List.of(new TestCommand()));
        return main.run(args);
    }

    private int end(String how, String... more) {
        String[] args = new String[4 + more.length];
        System.arraycopy(
                new String[] {"test", "--warehouse=" + warehouse, "--end", how}, 0, args, 0, 4);
        System.arraycopy(more, 0, args, 4, more.length);
        return run(args);
    }

    private String lastLine() {
        return err.toString(StandardCharsets.UTF_8).lines().reduce("", (a, b) -> b);
    }

    private JsonNode document() throws IOException {
        return JsonMapper.builder().build().readTree(out.toByteArray());
    }

    @Test
    void successPrintsLinesAndAMessage() {
        assertThat(end("done")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("value 1\n");
        assertThat(lastLine()).isEqualTo("millrace: all done");
    }

    @Test
    void jsonIsTheOnlyThingOnStandardOutput() throws IOException {
        assertThat(end("done", "--json")).isZero();
        assertThat(document().path("value").asInt()).isEqualTo(1);
    }

    @Test
    void aRefusalEndsWithThree() throws IOException {
        assertThat(end("refused", "--json")).isEqualTo(3);
        assertThat(document().at("/error/code").asInt()).isEqualTo(3);
        assertThat(document().at("/error/message").asText())
                .isEqualTo("t: cannot do it at version 3. Stop.");
        assertThat(lastLine()).isEqualTo("millrace: t: cannot do it at version 3. Stop.");
    }

    @Test
    void aRefusalOnTheClusterEndsWithThree() {
        assertThat(end("refused-remotely")).isEqualTo(3);
        assertThat(lastLine()).isEqualTo("millrace: t: cannot do it at version 3. Stop.");
    }

    @Test
    void aFailureEndsWithOneAndWithoutAStackTrace() {
        assertThat(end("failed")).isEqualTo(1);
        assertThat(lastLine()).isEqualTo("millrace: disk full");
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ");
    }

    @Test
    void wrongUseEndsWithTwo() throws IOException {
        assertThat(end("usage")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(run("nothing")).isEqualTo(2);
        assertThat(run("test", "--colour", "red", "--json")).isEqualTo(2);
        assertThat(document().at("/error/code").asInt()).isEqualTo(2);
    }

    @Test
    void theShippedCommandsAreFound() {
        assertThat(Main.found())
                .extracting(c -> c.getClass().getAnnotation(Command.class).name())
                .contains("refresh", "run", "plan");
    }
}
