package io.millrace.delta.commit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.table.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables whose rules commits of ours would break are refused by the rule's name: when planning, at
 * the start, and where another writer switches it on while we run.
 */
class RefusedTargetsTest extends DeltaCommitterTestBase {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clustering",
                "icebergCompatV1",
                "icebergCompatV2",
                "icebergCompatV3",
                "icebergWriterCompatV1",
                "icebergWriterCompatV3",
                "checkpointProtection",
                "allowColumnDefaults",
                "materializePartitionColumns",
                "collations",
                "collations-preview",
                "typeWidening",
                "variantType",
                "somethingNew"
            })
    void aWriterFeatureThatIsNotImplementedIsRefused(String feature) throws Exception {
        commit(writer.flush(1, change(1, "a")));
        boolean reader = feature.equals("typeWidening") || feature.equals("variantType");
        append(
                """
                {"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["deletionVectors"%s],"writerFeatures":["deletionVectors","changeDataFeed","appendOnly","invariants","%s"]}}
                """
                        .formatted(reader ? ",\"" + feature + '"' : "", feature));

        assertRefused("the table has the writer features [" + feature + "]. Drop them.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"geospatial", "variantShredding", "catalogManaged"})
    void aReaderFeatureThatIsNotImplementedIsRefused(String feature) throws Exception {
        commit(writer.flush(1, change(1, "a")));
        append(
                """
                {"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["deletionVectors","%s"],"writerFeatures":["deletionVectors","changeDataFeed","%s"]}}
                """
                        .formatted(feature, feature));

        assertThatThrownBy(this::plan)
                .isInstanceOf(RefusedException.class)
                .message()
                .contains(feature);
        assertThatThrownBy(() -> committer.commit(committable(writer.flush(2, change(2, "b")))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(feature);
    }

    @ParameterizedTest
    @CsvSource({
        "delta.enableIcebergCompatV1, true, delta.enableIcebergCompatV1 is on. Turn it off.",
        "delta.enableIcebergCompatV2, true, delta.enableIcebergCompatV2 is on. Turn it off.",
        "delta.enableIcebergCompatV3, true, delta.enableIcebergCompatV3 is on. Turn it off.",
        "delta.constraints.positive, id > 0, it has the check constraint delta.constraints.positive. Drop it.",
        "delta.appendOnly, true, the table is append-only (delta.appendOnly)",
        "delta.enableChangeDataFeed, false, the table has no change feed and the sink is to write one"
    })
    void aPropertyThatBindsWritersIsRefused(String name, String value, String text)
            throws Exception {
        commit(writer.flush(1, change(1, "a")));
        String configuration = "\"configuration\":{";
        String metadata =
                Files.readAllLines(log(0)).stream()
                        .filter(line -> line.contains("\"metaData\""))
                        .findFirst()
                        .orElseThrow()
                        .replaceAll("\"" + name.replace(".", "\\.") + "\":\"[^\"]*\",?", "");
        append(
                metadata.replace(
                                configuration,
                                configuration + "\"" + name + "\":\"" + value + "\",")
                        .replace(",}", "}"));

        assertRefused(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\\"delta.invariants\\\":\\\"x\\\" | an invariant (delta.invariants)",
                "\\\"delta.generationExpression\\\":\\\"x\\\" | a generation expression (delta.generationExpression)",
                "\\\"delta.identity.start\\\":1 | an identity (delta.identity.start)"
            })
    void aRuleOfAColumnIsRefused(String rule, String text) throws Exception {
        commit(writer.flush(1, change(1, "a")));
        append(
                Files.readAllLines(log(0)).stream()
                        .filter(line -> line.contains("\"metaData\""))
                        .findFirst()
                        .orElseThrow()
                        .replaceFirst(
                                "(name\\\\\":\\\\\"region.*?metadata\\\\\":\\{)",
                                "$1" + rule.replace("\\", "\\\\")));

        assertRefused("column region has " + text);
    }

    /** A table of another shape: what may not be written at all is said first. */
    @Test
    void aRuleOfAFieldOfAStructIsRefused() throws Exception {
        Files.createDirectories(log(0).getParent());
        Files.writeString(
                log(0),
                """
                {"protocol":{"minReaderVersion":1,"minWriterVersion":2}}
                {"metaData":{"id":"m","format":{"provider":"parquet","options":{}},"schemaString":"{\\"type\\":\\"struct\\",\\"fields\\":[{\\"name\\":\\"s\\",\\"type\\":{\\"type\\":\\"array\\",\\"elementType\\":{\\"type\\":\\"struct\\",\\"fields\\":[{\\"name\\":\\"x\\",\\"type\\":\\"integer\\",\\"nullable\\":true,\\"metadata\\":{\\"delta.invariants\\":\\"i\\"}}]},\\"containsNull\\":true},\\"nullable\\":true,\\"metadata\\":{}}]}","partitionColumns":[],"configuration":{"delta.enableChangeDataFeed":"true"}}}
                """);

        assertThatThrownBy(this::plan)
                .isInstanceOf(RefusedException.class)
                .hasMessageEndingWith(
                        "target: cannot write to the table at version 0: column s.x has an invariant (delta.invariants). Drop it.");
    }

    private void assertRefused(String text) {
        for (ThrowingCallable attempt :
                new ThrowingCallable[] {
                    this::plan,
                    () -> target.committer().checkTable(),
                    () -> commit(writer.flush(2, change(2, "b")))
                }) {
            assertThatThrownBy(attempt)
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining(
                            "target: cannot write to the table at version 2: " + text);
        }
    }

    private void plan() {
        new TargetPreparation(target.table, target.definition).check(true);
    }

    /** Another writer commits version 2. */
    private void append(String action) throws IOException {
        Files.writeString(log(2), action);
    }

    private Path log(long version) {
        return Path.of(target.table.location()).resolve("_delta_log/%020d.json".formatted(version));
    }
}
