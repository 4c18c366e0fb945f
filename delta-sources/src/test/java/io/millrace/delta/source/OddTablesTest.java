package io.millrace.delta.source;

import static io.millrace.delta.source.HandMadeTable.add;
import static io.millrace.delta.source.HandMadeTable.schema;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Odd names and deep nesting: read as they are, and as Kernel's reader reads them. */
class OddTablesTest {

    @TempDir private Path folder;

    @Test
    void namesMayHoldDotsBlanksQuotesAndAnyScript() throws Exception {
        List<String> names =
                List.of(
                        "a.b",
                        "a",
                        "b c",
                        "quote\"d",
                        "it's",
                        "back`tick",
                        "größe",
                        "名前",
                        "😀",
                        " lead",
                        "a,b;{}()\n\t=",
                        "_change",
                        "select");
        Map<String, String> fields = new LinkedHashMap<>();
        Types.MessageTypeBuilder type = Types.buildMessage();
        for (String name : names) {
            fields.put(name, "\"long\"");
            type.addField(Types.optional(INT64).named(name));
        }
        HandMadeTable table = new HandMadeTable(folder, schema(fields));
        long size =
                table.write(
                        "f.parquet",
                        type.named("r"),
                        List.of(
                                row -> {
                                    for (int i = 0; i < names.size(); i++) {
                                        row.add(i, (long) i);
                                    }
                                }));
        table.commit(add("f.parquet", Map.of(), size));

        assertThat(table.rows())
                .containsExactly("(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)")
                .isEqualTo(table.kernelRows());
    }

    @Test
    void aDotInANameIsNoFieldOfAnotherColumn() throws Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("a", "{\"type\":\"struct\",\"fields\":[" + field("b") + "]}");
        fields.put("a.b", "\"long\"");
        HandMadeTable table = new HandMadeTable(folder, schema(fields));
        MessageType type =
                Types.buildMessage()
                        .optionalGroup()
                        .addField(Types.optional(INT64).named("b"))
                        .named("a")
                        .addField(Types.optional(INT64).named("a.b"))
                        .named("r");
        long size =
                table.write(
                        "f.parquet",
                        type,
                        List.of(
                                row -> {
                                    row.addGroup(0).add(0, 1L);
                                    row.add(1, 2L);
                                }));
        table.commit(add("f.parquet", Map.of(), size));

        assertThat(table.rows()).containsExactly("((1), 2)").isEqualTo(table.kernelRows());
    }

    @Test
    void columnsThatDifferByCaseOnlyAreDifferent() throws Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", "\"long\"");
        fields.put("ID", "\"long\"");
        HandMadeTable table = new HandMadeTable(folder, schema(fields));
        MessageType type =
                Types.buildMessage()
                        .addField(Types.optional(INT64).named("ID"))
                        .addField(Types.optional(INT64).named("id"))
                        .named("r");
        long size =
                table.write(
                        "f.parquet",
                        type,
                        List.of(
                                row -> {
                                    row.add("ID", 1L);
                                    row.add("id", 2L);
                                }));
        table.commit(add("f.parquet", Map.of(), size));

        assertThat(table.rows()).containsExactly("(2, 1)");
    }

    @Test
    void aFileMaySpellAColumnInAnotherCase() throws Exception {
        HandMadeTable table = new HandMadeTable(folder, schema(Map.of("userId", "\"long\"")));
        long size =
                table.write(
                        "f.parquet",
                        Types.buildMessage()
                                .addField(Types.optional(INT64).named("USERID"))
                                .named("r"),
                        List.of(row -> row.add(0, 5L)));
        table.commit(add("f.parquet", Map.of(), size));

        assertThat(table.rows()).isEqualTo(table.kernelRows());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 30, 100})
    void structsMayNestDeeply(int levels) throws Exception {
        String json = "\"long\"";
        Type type = Types.optional(INT64).named("f");
        for (int i = 0; i < levels; i++) {
            json = "{\"type\":\"struct\",\"fields\":[" + field("f", json) + "]}";
            type = Types.optionalGroup().addField(type).named("f");
        }
        HandMadeTable table = new HandMadeTable(folder, schema(Map.of("f", json)));
        Consumer<Group> whole =
                row -> {
                    Group group = row;
                    for (int i = 0; i < levels; i++) {
                        group = group.addGroup(0);
                    }
                    group.add(0, 7L);
                };
        Consumer<Group> half =
                row -> {
                    Group group = row;
                    for (int i = 0; i < levels / 2; i++) {
                        group = group.addGroup(0);
                    }
                };
        long size =
                table.write(
                        "f.parquet",
                        Types.buildMessage().addField(type).named("r"),
                        List.of(whole, half, row -> {}));
        table.commit(add("f.parquet", Map.of(), size));

        assertThat(table.rows())
                .containsExactlyInAnyOrder(
                        "(".repeat(levels + 1) + "7" + ")".repeat(levels + 1),
                        "(".repeat(levels / 2 + 1) + "null" + ")".repeat(levels / 2 + 1),
                        "(null)");
    }

    @Test
    void arraysMayNestDeeply() throws Exception {
        int levels = 100;
        String json = "\"long\"";
        Type type = Types.optional(INT64).named("element");
        for (int i = 0; i < levels; i++) {
            json = "{\"type\":\"array\",\"elementType\":" + json + ",\"containsNull\":true}";
            type =
                    Types.optionalGroup()
                            .as(LogicalTypeAnnotation.listType())
                            .addField(Types.repeatedGroup().addField(type).named("list"))
                            .named(i == levels - 1 ? "f" : "element");
        }
        HandMadeTable table = new HandMadeTable(folder, schema(Map.of("f", json)));
        long size =
                table.write(
                        "f.parquet",
                        Types.buildMessage().addField(type).named("r"),
                        List.of(
                                row -> {
                                    Group group = row.addGroup(0);
                                    for (int i = 1; i < levels; i++) {
                                        group.addGroup(0);
                                        group = group.addGroup(0).addGroup(0);
                                    }
                                    group.addGroup(0).add(0, 7L);
                                }));
        table.commit(add("f.parquet", Map.of(), size));

        List<String> rows = table.rows();
        // Kernel's own reader takes time that grows with the square of the levels and more.
        assertThat(rows)
                .containsExactly(
                        "(" + "[null, ".repeat(levels - 1) + "[7" + "]".repeat(levels) + ")");
    }

    private static String field(String name) {
        return field(name, "\"long\"");
    }

    private static String field(String name, String type) {
        return "{\"name\":\""
                + name
                + "\",\"type\":"
                + type
                + ",\"nullable\":true,\"metadata\":{}}";
    }
}
