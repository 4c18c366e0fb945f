package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.dataset.DeclaredProjection;
import io.millrace.pipeline.PeopleTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pipeline says of a source's columns, from its definition to its result and its bundle. */
class ProjectedSourceITCase {

    private static final String PROJECTION =
            "{person: {from: id}, points: {type: 'DECIMAL(22, 2)'}, team: {required: true, default: none}, country: {type: STRING, default: DE}}";

    @TempDir private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Path warehouse;
    private PeopleTable people;

    @BeforeEach
    void makeTable() throws IOException {
        warehouse = folder.resolve("w");
        people = new PeopleTable(warehouse.resolve("people"));
        people.upsert(
                new Object[] {1L, "a", 5L},
                new Object[] {2L, null, 7L},
                new Object[] {3L, "c", 9L});
    }

    private int run(String command, String key, String projection) throws IOException {
        Path pipeline = Files.createDirectories(folder.resolve("p"));
        Files.writeString(
                pipeline.resolve("pipeline.yaml"),
                """
                name: p
                sources:
                  - name: everyone
                    path: ${warehouse}/people
                    key: [%s]
                    projection: %s
                results:
                  - {name: copy, key: [%s], query: SELECT * FROM everyone}
                """
                        .formatted(key, projection, key));
        out.reset();
        err.reset();
        return new Main(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Main.found())
                .run(
                        command,
                        pipeline.toString(),
                        "--warehouse=" + warehouse,
                        "--json",
                        "--parallelism=2");
    }

    private void refresh() throws IOException {
        int code = run("refresh", "person", PROJECTION);
        assertThat(code).as(err::toString).isZero();
    }

    private JsonNode bundle(String file) throws IOException {
        try (Stream<Path> plans = Files.list(warehouse.resolve("_millrace/plans/p"))) {
            List<Path> all = plans.toList();
            assertThat(all).hasSize(1);
            return JsonMapper.builder().build().readTree(all.get(0).resolve(file).toFile());
        }
    }

    @Test
    void aRefreshHasTheDeclaredColumnsAndTheBundleSaysWhatWasScanned() throws IOException {
        refresh();
        assertThat(PeopleTable.rows(warehouse.resolve("copy")))
                .containsExactly("+I(1,a,5.00,DE)", "+I(2,none,7.00,DE)", "+I(3,c,9.00,DE)");

        people.upsert(new Object[] {2L, "b", 8L}, new Object[] {3L, "c", null});
        people.upsert(new Object[] {1L, null, 6L});
        refresh();
        assertThat(PeopleTable.rows(warehouse.resolve("copy")))
                .containsExactly("+I(1,none,6.00,DE)", "+I(2,b,8.00,DE)");

        JsonNode source = bundle("manifest.json").at("/datasets/0");
        assertThat(source.path("dataset").asText()).isEqualTo("everyone");
        assertThat(source.path("identity_hash").asText()).isEqualTo(identityHash());
        JsonNode scan = bundle("scan-units.json").path(0);
        assertThat(scan.path("dataset").asText()).isEqualTo("everyone");
        assertThat(scan.path("files_all").asLong()).isPositive();
        assertThat(scan.path("columns").toString())
                .contains("person", "team", "points", "country")
                .doesNotContain("\"id\"");
        assertThat(bundle("schemas.json").path("everyone").toString())
                .contains("\"person\"", "\"country\"")
                .doesNotContain("\"id\"");
    }

    /** Of the same dataset, resolved here. */
    private String identityHash() {
        return DatasetResolver.resolve(
                        Request.of(warehouse.resolve("people").toString())
                                .named("everyone")
                                .withKey(List.of("person"))
                                .projected(
                                        DeclaredProjection.ofProperties(
                                                "everyone",
                                                Map.of(
                                                        "person", Map.of("from", "id"),
                                                        "points", Map.of("type", "DECIMAL(22, 2)"),
                                                        "team",
                                                                Map.of(
                                                                        "required", "true",
                                                                        "default", "none"),
                                                        "country",
                                                                Map.of(
                                                                        "type", "STRING",
                                                                        "default", "DE")))))
                .scan()
                .identityHash();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "id|{total: {from: amount}}|everyone: cannot project column 'total': the table has no column 'amount', it has [id, team, points]",
                "id|{country: {required: true}}|everyone: cannot project column 'country': the table has no column 'country'",
                "id|{points: {type: INT}}|everyone: cannot project column 'points': a cast from BIGINT to INT does not keep every value",
                "id|{points: {type: MONEY}}|everyone: cannot project column 'points': a Delta column is never of type `MONEY`",
                "id|{points: {type: BIGINT, default: many}}|everyone: cannot project column 'points': its default 'many' is no BIGINT",
                "id|{person: {from: id}}|everyone: cannot use key [id] at version 1: the key column 'id' is not one of its columns [person, team, points]",
                "person|{person: {from: id, type: INT, lossy: true}}|everyone: cannot use key [person] at version 1: its column 'person' has a default, or a cast that may lose something",
                "id|{points: {form: amount}}|pipeline.yaml:6:27: unknown key 'form'",
                "id|{points: {lossy: maybe}}|pipeline.yaml:6:17: everyone: cannot project column 'points': 'lossy' is 'maybe'",
                "id|[points]|pipeline.yaml:6:17: 'projection' must be a mapping"
            })
    void whatDoesNotFitTheTableIsRefusedWithDatasetAndColumn(
            String key, String projection, String message) throws IOException {
        assertThat(run("refresh", key, projection)).as(err::toString).isEqualTo(3);
        JsonNode error = JsonMapper.builder().build().readTree(out.toByteArray()).path("error");
        assertThat(error.path("code").asInt()).isEqualTo(3);
        assertThat(error.path("message").asText()).contains(message);
        assertThat(warehouse.resolve("copy")).doesNotExist();
    }

    @Test
    void planningStopsAtAColumnThatIsNotThere() throws IOException {
        int code = run("plan", "person", "{person: {from: id}, missing: {from: none}}");

        assertThat(code).isEqualTo(3);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("'missing'").contains("'none'");
    }
}
