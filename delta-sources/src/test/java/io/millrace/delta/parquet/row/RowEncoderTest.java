package io.millrace.delta.parquet.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.data.binary.BinarySegmentUtils;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowEncoderTest {

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private static final RowType ALL_TYPES = RandomValues.ALL_TYPES;

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "1, false", "2, false", "3, false"})
    void rowsAreThoseOfFlinksSerializer(long seed, boolean flinksVectors) {
        List<GenericRowData> rows = rows(ALL_TYPES, seed, 150);
        int[] selected = selected(rows.size(), seed);
        RowEncoder encoder = new RowEncoder(ALL_TYPES.getChildren(), 2, NO_LIMIT);
        EncodedRows encoded = new EncodedRows(ALL_TYPES.getFieldCount() + 2);
        VectorizedColumnBatch batch = new TestVectors(flinksVectors).batch(ALL_TYPES, rows);

        // Twice: what the buffer held before must not shine through.
        encoder.encode(batch, IntStream.range(0, rows.size()).toArray(), 0, rows.size(), encoded);
        int count = encoder.encode(batch, selected, 1, selected.length, encoded);

        assertThat(count).isEqualTo(selected.length - 1);
        RowDataSerializer serializer = new RowDataSerializer(withExtra());
        BinaryRowData row = new BinaryRowData(encoded.arity());
        for (int i = 0; i < count; i++) {
            RowKind kind = RowKind.fromByteValue((byte) (i % 4));
            encoded.setKind(i, kind);
            encoded.setLong(i, ALL_TYPES.getFieldCount(), seed * i);
            encoded.setByte(i, ALL_TYPES.getFieldCount() + 1, (byte) i);
            encoded.point(row, i);
            GenericRowData expected =
                    withExtra(rows.get(selected[i + 1]), kind, seed * i, (byte) i);
            assertThat(bytes(row))
                    .as("row %s", i)
                    .isEqualTo(bytes(serializer.toBinaryRow(expected)));
        }
    }

    @Test
    void encodesAsManyRowsAsTheLimitAllows() {
        RowType type = RowType.of(DataTypes.STRING().getLogicalType());
        List<GenericRowData> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            rows.add(GenericRowData.of(StringData.fromString("x".repeat(84))));
        }
        RowEncoder encoder = new RowEncoder(type.getChildren(), 0, 350);
        EncodedRows encoded = new EncodedRows(1);
        int[] all = IntStream.range(0, 10).toArray();
        VectorizedColumnBatch batch = new TestVectors(true).batch(type, rows);

        assertThat(encoder.encode(batch, all, 0, 10, encoded)).isEqualTo(3);
        assertThat(encoded.sizeInBytes()).isEqualTo(3 * (16 + 88));
        assertThat(encoder.encode(batch, all, 9, 10, encoded)).isEqualTo(1);
        assertThat(new RowEncoder(type.getChildren(), 0, 10).encode(batch, all, 0, 10, encoded))
                .isEqualTo(1);
    }

    private static List<GenericRowData> rows(RowType type, long seed, int count) {
        RandomValues values = new RandomValues(seed);
        List<GenericRowData> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(values.row(type));
        }
        return rows;
    }

    private static int[] selected(int count, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count).filter(i -> random.nextBoolean()).toArray();
    }

    private static RowType withExtra() {
        List<LogicalType> types = new ArrayList<>(ALL_TYPES.getChildren());
        types.add(new BigIntType(false));
        types.add(new TinyIntType(false));
        return RowType.of(types.toArray(LogicalType[]::new));
    }

    private static GenericRowData withExtra(
            GenericRowData row, RowKind kind, long first, byte second) {
        int arity = row.getArity();
        GenericRowData result = new GenericRowData(kind, arity + 2);
        for (int i = 0; i < arity; i++) {
            result.setField(i, row.getField(i));
        }
        result.setField(arity, first);
        result.setField(arity + 1, second);
        return result;
    }

    private static byte[] bytes(BinaryRowData row) {
        return BinarySegmentUtils.copyToBytes(
                row.getSegments(), row.getOffset(), row.getSizeInBytes());
    }
}
