package io.millrace.delta.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class ArrowSchemasTest {

    private static final RowType ALL =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                                    DataTypes.FIELD("b", DataTypes.BOOLEAN()),
                                    DataTypes.FIELD("t", DataTypes.TINYINT()),
                                    DataTypes.FIELD("s", DataTypes.SMALLINT()),
                                    DataTypes.FIELD("i", DataTypes.INT()),
                                    DataTypes.FIELD("f", DataTypes.FLOAT()),
                                    DataTypes.FIELD("d", DataTypes.DOUBLE()),
                                    DataTypes.FIELD("dec", DataTypes.DECIMAL(12, 2)),
                                    DataTypes.FIELD("text", DataTypes.STRING()),
                                    DataTypes.FIELD("bytes", DataTypes.BYTES()),
                                    DataTypes.FIELD("day", DataTypes.DATE()),
                                    DataTypes.FIELD("ts", DataTypes.TIMESTAMP_LTZ(6)),
                                    DataTypes.FIELD("ntz", DataTypes.TIMESTAMP(6)),
                                    DataTypes.FIELD("nothing", DataTypes.NULL()),
                                    DataTypes.FIELD("variant", DataTypes.VARIANT()),
                                    DataTypes.FIELD(
                                            "nested",
                                            DataTypes.ARRAY(
                                                    DataTypes.ROW(
                                                            DataTypes.FIELD(
                                                                    "m",
                                                                    DataTypes.MAP(
                                                                            DataTypes.STRING(),
                                                                            DataTypes.INT()))))))
                            .getLogicalType();

    private static Map<String, Field> fields() throws Exception {
        Schema schema = Schema.fromJSON(ArrowSchemas.json(ALL));
        return schema.getFields().stream().collect(Collectors.toMap(Field::getName, f -> f));
    }

    @Test
    void everyTypeHasItsArrowType() throws Exception {
        Map<String, String> types =
                fields().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, e -> e.getValue().getType().toString()));

        assertThat(types)
                .containsEntry("id", "Int(64, true)")
                .containsEntry("b", "Bool")
                .containsEntry("t", "Int(8, true)")
                .containsEntry("s", "Int(16, true)")
                .containsEntry("i", "Int(32, true)")
                .containsEntry("f", "FloatingPoint(SINGLE)")
                .containsEntry("d", "FloatingPoint(DOUBLE)")
                .containsEntry("dec", "Decimal(12, 2, 128)")
                .containsEntry("text", "Utf8")
                .containsEntry("bytes", "Binary")
                .containsEntry("day", "Date(DAY)")
                .containsEntry("ts", "Timestamp(MICROSECOND, UTC)")
                .containsEntry("ntz", "Timestamp(MICROSECOND, null)")
                .containsEntry("nothing", "Null")
                .containsEntry("variant", "Struct")
                .containsEntry("nested", "List");
    }

    @Test
    void nullabilityNestingAndWhatArrowHasNoTypeForAreSaid() throws Exception {
        Map<String, Field> fields = fields();

        assertThat(fields.get("id").isNullable()).isFalse();
        assertThat(fields.get("b").isNullable()).isTrue();
        assertThat(fields.get("nothing").getMetadata()).containsEntry("delta.type", "void");
        assertThat(fields.get("variant").getMetadata()).containsEntry("delta.type", "variant");
        assertThat(fields.get("nested").toString())
                .isEqualTo(
                        "nested: List<element: Struct<m: Map(false)<entries: Struct<key: Utf8 not null, value: Int(32, true)> not null>>>");
    }

    @Test
    void theSameColumnsGiveTheSameText() {
        assertThat(ArrowSchemas.json(ALL)).isEqualTo(ArrowSchemas.json(ALL));
    }
}
