package io.millrace.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.arrow.ArrowInput;
import io.millrace.arrow.ArrowRowReader;
import io.millrace.delta.table.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

/** Rows written as Arrow and read back by Arrow's own reader, beside the same rows as JSON. */
class ArrowRowsTest {

    private static final RowType ALL =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("bo", DataTypes.BOOLEAN()),
                                    DataTypes.FIELD("ti", DataTypes.TINYINT()),
                                    DataTypes.FIELD("si", DataTypes.SMALLINT()),
                                    DataTypes.FIELD("i", DataTypes.INT()),
                                    DataTypes.FIELD("bi", DataTypes.BIGINT()),
                                    DataTypes.FIELD("fl", DataTypes.FLOAT()),
                                    DataTypes.FIELD("db", DataTypes.DOUBLE()),
                                    DataTypes.FIELD("d9", DataTypes.DECIMAL(9, 2)),
                                    DataTypes.FIELD("d38", DataTypes.DECIMAL(38, 18)),
                                    DataTypes.FIELD("st", DataTypes.STRING()),
                                    DataTypes.FIELD("bn", DataTypes.BYTES()),
                                    DataTypes.FIELD("da", DataTypes.DATE()),
                                    DataTypes.FIELD("ts", DataTypes.TIMESTAMP(6)),
                                    DataTypes.FIELD("tl", DataTypes.TIMESTAMP_LTZ(6)),
                                    DataTypes.FIELD(
                                            "ar",
                                            DataTypes.ARRAY(DataTypes.ARRAY(DataTypes.STRING()))),
                                    DataTypes.FIELD(
                                            "ma",
                                            DataTypes.MAP(
                                                    DataTypes.STRING(),
                                                    DataTypes.ROW(
                                                            DataTypes.FIELD(
                                                                    "x", DataTypes.INT())))),
                                    DataTypes.FIELD(
                                            "ro",
                                            DataTypes.ROW(
                                                    DataTypes.FIELD("y", DataTypes.DECIMAL(5, 1)),
                                                    DataTypes.FIELD(
                                                            "z",
                                                            DataTypes.ARRAY(DataTypes.BIGINT())))),
                                    DataTypes.FIELD("nu", DataTypes.NULL()))
                            .getLogicalType();

    private static StringData text(String value) {
        return StringData.fromString(value);
    }

    private static Object array(Object... values) {
        return new GenericArrayData(values);
    }

    private static DecimalData decimal(String value, int precision, int scale) {
        return DecimalData.fromBigDecimal(new BigDecimal(value), precision, scale);
    }

    private static GenericRowData full() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(text("a"), GenericRowData.of(7));
        map.put(text("b"), null);
        return GenericRowData.of(
                true,
                (byte) -128,
                (short) -32768,
                Integer.MAX_VALUE,
                Long.MIN_VALUE,
                Float.NaN,
                Double.NEGATIVE_INFINITY,
                decimal("-1234567.89", 9, 2),
                decimal("12345678901234567890.123456789012345678", 38, 18),
                text("\u00e9\ud83d\ude00"),
                new byte[] {0, -1},
                -141_428,
                TimestampData.fromEpochMillis(-1, 999_000),
                TimestampData.fromEpochMillis(1_714_558_272_000L, 1000),
                array(array(text("x"), null), null, array()),
                new GenericMapData(map),
                GenericRowData.of(decimal("-0.5", 5, 1), array(1L, null)),
                null);
    }

    private static byte[] written(
            OutputFormat format, RowsHeader header, List<? extends RowData> rows)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StatementOutput output = format.to(out, note -> {});
        try (StatementOutput.Rows shown = output.rows(header)) {
            for (RowData row : rows) {
                shown.write(row);
            }
            shown.end();
        }
        output.end();
        return out.toByteArray();
    }

    private static String json(RowType type, List<? extends RowData> rows) throws IOException {
        RowsHeader header = RowsHeader.of("SELECT", type, false);
        return new String(written(OutputFormat.json, header, rows), StandardCharsets.UTF_8);
    }

    private static List<RowData> read(byte[] stream) throws IOException {
        List<RowData> rows = new ArrayList<>();
        try (BufferAllocator allocator = new RootAllocator();
                ArrowRowReader reader =
                        new ArrowRowReader(
                                new ArrowStreamReader(
                                        new ByteArrayInputStream(stream), allocator))) {
            while (reader.hasNext()) {
                rows.add(reader.next());
            }
        }
        return rows;
    }

    private static Schema schema(byte[] stream) throws IOException {
        try (BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader =
                        new ArrowStreamReader(new ByteArrayInputStream(stream), allocator)) {
            return reader.getVectorSchemaRoot().getSchema();
        }
    }

    @Test
    void everyTypeComesBackAsItIsInJson() throws IOException {
        List<GenericRowData> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(i % 3 == 1 ? new GenericRowData(ALL.getFieldCount()) : full());
        }

        byte[] stream = written(OutputFormat.arrow, RowsHeader.of("SELECT", ALL, false), rows);

        assertThat(json(ALL, read(stream))).isEqualTo(json(ALL, rows));
    }

    @Test
    void manyRowsAreManyBatches() throws IOException {
        RowType type =
                (RowType)
                        DataTypes.ROW(
                                        DataTypes.FIELD("n", DataTypes.BIGINT()),
                                        DataTypes.FIELD("t", DataTypes.STRING()))
                                .getLogicalType();
        List<GenericRowData> rows =
                LongStream.range(0, 20_000)
                        .mapToObj(n -> GenericRowData.of(n, text("value " + n)))
                        .toList();

        byte[] stream = written(OutputFormat.arrow, RowsHeader.of("SELECT", type, false), rows);

        assertThat(json(type, read(stream))).isEqualTo(json(type, rows));
        int batches = 0;
        try (BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader =
                        new ArrowStreamReader(new ByteArrayInputStream(stream), allocator)) {
            while (reader.loadNextBatch()) {
                batches++;
                assertThat(reader.getVectorSchemaRoot().getRowCount()).isPositive();
            }
        }
        assertThat(batches).isEqualTo(3);
    }

    @Test
    void theSchemaHasZonesAndKinds() throws IOException {
        byte[] stream =
                written(
                        OutputFormat.arrow,
                        new RowsHeader("SELECT", ALL, false, () -> Map.of("st", "node_id")),
                        List.of());

        Schema schema = schema(stream);
        assertThat(schema.findField("tl").getType())
                .isEqualTo(new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC"));
        assertThat(schema.findField("ts").getType())
                .isEqualTo(new ArrowType.Timestamp(TimeUnit.MICROSECOND, null));
        assertThat(schema.findField("st").getMetadata())
                .containsEntry("ARROW:extension:name", "millrace.kind")
                .containsEntry("ARROW:extension:metadata", "node_id");
        assertThat(read(stream)).isEmpty();
    }

    @Test
    void changesHaveTheirKindAsTheFirstColumn() throws IOException {
        RowType type =
                (RowType) DataTypes.ROW(DataTypes.FIELD("n", DataTypes.INT())).getLogicalType();
        GenericRowData row = GenericRowData.of(5);
        row.setRowKind(RowKind.DELETE);

        byte[] stream =
                written(OutputFormat.arrow, RowsHeader.of("SELECT", type, true), List.of(row));

        assertThat(read(stream)).containsExactly(GenericRowData.of(text("-D"), 5));
    }

    @Test
    void whatIsNoStreamIsRefused() {
        assertThatThrownBy(
                        () ->
                                ArrowInput.of(
                                        new ByteArrayInputStream(
                                                "id,name\n1,x\n".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("it is no Arrow IPC stream");
        assertThatThrownBy(() -> ArrowInput.of(new ByteArrayInputStream(new byte[0])))
                .isInstanceOf(RefusedException.class);
    }
}
