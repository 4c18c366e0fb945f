package io.millrace.delta.parquet.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryFieldsTest {

    private static final RowType ALL_TYPES = RandomValues.ALL_TYPES;

    private final RowDataSerializer rows = new RowDataSerializer(ALL_TYPES);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void fieldsAreThoseThatFlinksSerializerMakes(long seed) {
        RandomValues values = new RandomValues(seed);
        int[] fields = someFields(seed);
        BinaryFields projection =
                new BinaryFields(
                        ALL_TYPES.getChildren(),
                        Arrays.stream(fields).mapToObj(field -> new int[] {field}).toList());
        RowDataSerializer expected =
                new RowDataSerializer(
                        Arrays.stream(fields)
                                .mapToObj(ALL_TYPES::getTypeAt)
                                .toArray(LogicalType[]::new));
        for (int i = 0; i < 100; i++) {
            GenericRowData row = values.row(ALL_TYPES);
            GenericRowData wanted = new GenericRowData(fields.length);
            for (int f = 0; f < fields.length; f++) {
                wanted.setField(f, row.getField(fields[f]));
            }
            row.setRowKind(RowKind.UPDATE_BEFORE);
            BinaryRowData binary = i % 2 == 0 ? rows.toBinaryRow(row) : elsewhere(row);

            assertThat(projection.hash(binary)).isEqualTo(expected.toBinaryRow(wanted).hashCode());
            wanted.setRowKind(RowKind.UPDATE_BEFORE);
            assertThat(projection.copyOf(binary)).isEqualTo(expected.toBinaryRow(wanted));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void fieldsOfRowsInsideAreCopiedAndNullWhereTheirRowIs(long seed) {
        RowType inner = RowType.of(ALL_TYPES.getChildren().toArray(LogicalType[]::new));
        RowType outer = RowType.of(new IntType(), inner, new VarCharType());
        RowType type = RowType.of(new BigIntType(), outer);
        List<int[]> paths = new ArrayList<>(List.of(new int[] {1, 1}, new int[] {0}));
        List<LogicalType> types = new ArrayList<>(List.of(inner, new BigIntType()));
        for (int field : someFields(seed)) {
            paths.add(new int[] {1, 1, field});
            types.add(inner.getTypeAt(field).copy(true));
        }
        paths.add(new int[] {1, 2});
        types.add(new VarCharType());
        BinaryFields projection = new BinaryFields(type.getChildren(), paths);
        RowDataSerializer serializer = new RowDataSerializer(type);
        RowDataSerializer expected = new RowDataSerializer(types.toArray(LogicalType[]::new));
        RandomValues values = new RandomValues(seed);
        for (int i = 0; i < 100; i++) {
            GenericRowData row = values.row(type);
            GenericRowData wanted = new GenericRowData(paths.size());
            for (int f = 0; f < paths.size(); f++) {
                Object value = row;
                for (int position : paths.get(f)) {
                    value = value == null ? null : ((GenericRowData) value).getField(position);
                }
                wanted.setField(f, value);
            }
            assertThat(projection.copyOf(serializer.toBinaryRow(row)))
                    .isEqualTo(expected.toBinaryRow(wanted));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 100})
    void theFirstFieldsAreCopiedWithoutTheLast(int count) {
        List<LogicalType> first =
                ALL_TYPES.getChildren().subList(0, Math.min(count, ALL_TYPES.getFieldCount()));
        List<LogicalType> all = new ArrayList<>(first);
        all.addAll(List.of(new BigIntType(false), new TinyIntType(false)));
        BinaryFields projection =
                new BinaryFields(
                        all,
                        IntStream.range(0, first.size()).mapToObj(i -> new int[] {i}).toList());
        RowType type = RowType.of(all.toArray(LogicalType[]::new));
        RowDataSerializer serializer = new RowDataSerializer(type);
        RowDataSerializer expected = new RowDataSerializer(first.toArray(LogicalType[]::new));
        RandomValues values = new RandomValues(count);
        for (int i = 0; i < 200; i++) {
            GenericRowData row = values.row(type);
            row.setField(first.size(), (long) i);
            row.setField(first.size() + 1, (byte) i);
            row.setRowKind(RowKind.DELETE);
            GenericRowData wanted = new GenericRowData(RowKind.DELETE, first.size());
            for (int f = 0; f < first.size(); f++) {
                wanted.setField(f, row.getField(f));
            }

            assertThat(projection.copyOf(serializer.toBinaryRow(row)))
                    .isEqualTo(expected.toBinaryRow(wanted));
        }
    }

    /** The row behind other bytes. */
    private BinaryRowData elsewhere(GenericRowData row) {
        BinaryRowData binary = rows.toBinaryRow(row);
        MemorySegment segment = MemorySegmentFactory.wrap(new byte[binary.getSizeInBytes() + 24]);
        binary.getSegments()[0].copyTo(binary.getOffset(), segment, 24, binary.getSizeInBytes());
        BinaryRowData moved = new BinaryRowData(binary.getArity());
        moved.pointTo(segment, 24, binary.getSizeInBytes());
        return moved;
    }

    private static int[] someFields(long seed) {
        List<Integer> all =
                IntStream.range(0, ALL_TYPES.getFieldCount()).boxed().collect(Collectors.toList());
        Collections.shuffle(all, new Random(seed));
        int count = seed == 1 ? all.size() : all.size() / 2;
        return all.subList(0, count).stream().mapToInt(Integer::intValue).toArray();
    }
}
