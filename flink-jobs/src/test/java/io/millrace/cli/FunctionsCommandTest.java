package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.catalog.information.InformationFacts;
import io.millrace.catalog.information.InformationSchema;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
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
    void saysWhatInformationSchemaSays() throws Exception {
        assertThat(run("--json")).isZero();
        Map<String, JsonNode> shown = new TreeMap<>();
        for (JsonNode function :
                JsonMapper.builder().build().readTree(printed()).get("functions")) {
            shown.put(function.get("name").asText(), function);
        }
        InformationFacts facts =
                new SessionFactory(
                                SessionProfile.of("batch"), new ClusterTarget.Embedded(), warehouse)
                        .openForPlanning()
                        .catalog()
                        .facts();

        List<Map<String, Object>> routines = rows("routines", facts);
        assertThat(routines.stream().map(row -> row.get("specific_name")))
                .containsExactlyElementsOf(shown.keySet());
        for (Map<String, Object> routine : routines) {
            JsonNode function = shown.get(routine.get("specific_name"));
            assertThat(function.get("signature").asText()).isEqualTo(routine.get("signature"));
            assertThat(function.get("returns").asText()).isEqualTo(routine.get("data_type"));
            assertThat(function.get("documentation").asText())
                    .isEqualTo(routine.get("documentation"));
            assertThat(function.get("nulls").asText()).isEqualTo(routine.get("null_rule"));
            assertThat(function.get("version").asInt()).isEqualTo(routine.get("version"));
            assertThat(function.get("tags").toString().replace("\"", ""))
                    .isEqualTo(routine.get("tags").toString().replace(", ", ","));
        }
        assertThat(rows("parameters", facts).stream().map(FunctionsCommandTest::argument))
                .containsExactlyElementsOf(
                        shown.values().stream().flatMap(FunctionsCommandTest::arguments).toList());
    }

    private static List<Map<String, Object>> rows(String table, InformationFacts facts) {
        List<String> columns = InformationSchema.columns(table);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object[] values : InformationSchema.rows(table, facts)) {
            Map<String, Object> row = new HashMap<>();
            for (int i = 0; i < values.length; i++) {
                row.put(columns.get(i), values[i]);
            }
            if (row.get("specific_schema").equals("millrace")) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static String argument(Map<String, Object> row) {
        return "%s %s %s %s %s"
                .formatted(
                        row.get("specific_name"),
                        row.get("parameter_name"),
                        row.get("data_type"),
                        row.get("is_optional").equals("YES"),
                        row.get("is_varargs").equals("YES"));
    }

    private static Stream<String> arguments(JsonNode function) {
        return function.get("arguments")
                .valueStream()
                .map(
                        argument ->
                                "%s %s %s %s %s"
                                        .formatted(
                                                function.get("name").asText(),
                                                argument.get("name").asText(),
                                                argument.get("type").asText(),
                                                argument.get("optional").asBoolean(),
                                                argument.get("varargs").asBoolean()));
    }

    @Test
    void refusesANameThatIsNone() {
        assertThat(run("stable_hash65")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no function");
    }
}
