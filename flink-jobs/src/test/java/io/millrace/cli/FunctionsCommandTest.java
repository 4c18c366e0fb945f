package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionsCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir private Path warehouse;

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of("functions", "--warehouse=" + warehouse));
        all.addAll(List.of(args));
        return new Main(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        List.of(new FunctionsCommand()))
                .run(all.toArray(String[]::new));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void listsAllFunctionsWithTheirTags() {
        assertThat(run()).isZero();
        assertThat(printed())
                .contains("stable_hash64")
                .contains("(s STRING) BIGINT  [hash, deterministic]");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("functions, snapshot ");
    }

    @Test
    void showsOneFunctionInDetail() {
        assertThat(run("stable_id")).isZero();
        assertThat(printed())
                .contains("stable_id(prefix STRING, s STRING) STRING")
                .contains("Null if either is null.")
                .contains("stable_id('ns', 'delta') => ns:");
    }

    @Test
    void printsOneDocumentAsJson() throws Exception {
        assertThat(run("--json")).isZero();
        JsonNode document = JsonMapper.builder().build().readTree(printed());
        assertThat(document.get("snapshot").asText()).matches("[0-9a-f]{32}");
        JsonNode first = document.get("functions").get(0);
        assertThat(first.get("arguments").get(0).get("type").asText()).isEqualTo("ANY");
        assertThat(first.get("examples").size()).isPositive();
    }

    @Test
    void refusesANameThatIsNone() {
        assertThat(run("stable_hash65")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no function");
    }
}
