package io.millrace.delta.parquet.row;

import io.millrace.delta.parquet.vector.DecodedVector;
import io.millrace.delta.parquet.vector.ListShape;
import io.millrace.delta.parquet.vector.ListVector;
import io.millrace.delta.parquet.vector.MapVector;
import io.millrace.delta.parquet.vector.StructVector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.DecimalColumnVector;
import org.apache.flink.table.data.columnar.vector.RowColumnVector;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.data.columnar.vector.heap.AbstractHeapVector;
import org.apache.flink.table.data.columnar.vector.heap.HeapArrayVector;
import org.apache.flink.table.data.columnar.vector.heap.HeapBooleanVector;
import org.apache.flink.table.data.columnar.vector.heap.HeapByteVector;
import org.apache.flink.table.data.columnar.vector.heap.HeapBytesVector;
import org.apache.flink.table.data.columnar.vector.heap.HeapDoubleVector;
import org.apache.flink.table.data.columnar.vector.heap.HeapFloatVector;
import org.apache.flink.table.data.columnar.vector.heap.HeapIntVector;
import org.apache.flink.table.data.columnar.vector.heap.HeapLongVector;
import org.apache.flink.table.data.columnar.vector.heap.HeapMapVector;
import org.apache.flink.table.data.columnar.vector.heap.HeapShortVector;
import org.apache.flink.table.data.columnar.vector.heap.HeapTimestampVector;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.variant.BinaryVariant;

/** Vectors with given values: Flink's own, or for nested types those that files are read into. */
final class TestVectors {

    private final boolean flinks;

    TestVectors(boolean flinks) {
        this.flinks = flinks;
    }

    VectorizedColumnBatch batch(RowType type, List<? extends RowData> rows) {
        ColumnVector[] vectors = fields(type, rows);
        VectorizedColumnBatch batch = new VectorizedColumnBatch(vectors);
        batch.setNumRows(rows.size());
        return batch;
    }

    ColumnVector of(LogicalType type, List<?> values) {
        int size = values.size();
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> {
                HeapBooleanVector vector = nulls(new HeapBooleanVector(size), values);
                forPresent(values, i -> vector.setBoolean(i, (boolean) values.get(i)));
                yield vector;
            }
            case TINYINT -> {
                HeapByteVector vector = nulls(new HeapByteVector(size), values);
                forPresent(values, i -> vector.setByte(i, (byte) values.get(i)));
                yield vector;
            }
            case SMALLINT -> {
                HeapShortVector vector = nulls(new HeapShortVector(size), values);
                forPresent(values, i -> vector.setShort(i, (short) values.get(i)));
                yield vector;
            }
            case INTEGER, DATE -> {
                HeapIntVector vector = nulls(new HeapIntVector(size), values);
                forPresent(values, i -> vector.setInt(i, (int) values.get(i)));
                yield vector;
            }
            case BIGINT -> {
                HeapLongVector vector = nulls(new HeapLongVector(size), values);
                forPresent(values, i -> vector.setLong(i, (long) values.get(i)));
                yield vector;
            }
            case FLOAT -> {
                HeapFloatVector vector = nulls(new HeapFloatVector(size), values);
                forPresent(values, i -> vector.setFloat(i, (float) values.get(i)));
                yield vector;
            }
            case DOUBLE -> {
                HeapDoubleVector vector = nulls(new HeapDoubleVector(size), values);
                forPresent(values, i -> vector.setDouble(i, (double) values.get(i)));
                yield vector;
            }
            case VARCHAR, CHAR, VARBINARY, BINARY -> {
                HeapBytesVector vector = nulls(new HeapBytesVector(size), values);
                forPresent(values, i -> append(vector, i, bytes(values.get(i))));
                yield vector;
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                HeapTimestampVector vector = nulls(new HeapTimestampVector(size), values);
                forPresent(values, i -> vector.setTimestamp(i, (TimestampData) values.get(i)));
                yield vector;
            }
            case DECIMAL -> new Decimals(values);
            case ARRAY -> arrays((ArrayType) type, values);
            case MAP -> maps((MapType) type, values);
            case ROW -> structs(values, rows((RowType) type, values));
            case VARIANT -> structs(values, variants(values));
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    private ColumnVector[] rows(RowType type, List<?> values) {
        return fields(type, values.stream().map(RowData.class::cast).toList());
    }

    private ColumnVector[] fields(RowType type, List<? extends RowData> rows) {
        return IntStream.range(0, type.getFieldCount())
                .mapToObj(
                        i -> {
                            LogicalType field = type.getTypeAt(i);
                            RowData.FieldGetter getter = RowData.createFieldGetter(field, i);
                            List<Object> values = new ArrayList<>();
                            rows.forEach(
                                    r -> values.add(r == null ? null : getter.getFieldOrNull(r)));
                            return of(field, values);
                        })
                .toArray(ColumnVector[]::new);
    }

    private static ColumnVector[] variants(List<?> values) {
        HeapBytesVector value = nulls(new HeapBytesVector(values.size()), values);
        HeapBytesVector metadata = nulls(new HeapBytesVector(values.size()), values);
        forPresent(
                values,
                i -> {
                    BinaryVariant variant = (BinaryVariant) values.get(i);
                    append(value, i, variant.getValue());
                    append(metadata, i, variant.getMetadata());
                });
        return new ColumnVector[] {value, metadata};
    }

    private ColumnVector arrays(ArrayType type, List<?> values) {
        Slices slices = new Slices(values.size());
        List<Object> elements = new ArrayList<>();
        forPresent(
                values,
                i -> {
                    ArrayData array = (ArrayData) values.get(i);
                    slices.set(i, elements.size(), array.size());
                    addAll(type.getElementType(), array, elements);
                });
        ColumnVector child = of(type.getElementType(), elements);
        if (flinks) {
            HeapArrayVector vector = nulls(new HeapArrayVector(values.size(), child), values);
            vector.setOffsets(slices.starts);
            vector.setLengths(slices.lengths);
            return vector;
        }
        return slices.into(new ListVector(values.size(), child), values);
    }

    private ColumnVector maps(MapType type, List<?> values) {
        Slices slices = new Slices(values.size());
        List<Object> keys = new ArrayList<>();
        List<Object> mapped = new ArrayList<>();
        forPresent(
                values,
                i -> {
                    MapData map = (MapData) values.get(i);
                    slices.set(i, keys.size(), map.size());
                    addAll(type.getKeyType(), map.keyArray(), keys);
                    addAll(type.getValueType(), map.valueArray(), mapped);
                });
        ColumnVector first = of(type.getKeyType(), keys);
        ColumnVector second = of(type.getValueType(), mapped);
        if (flinks) {
            HeapMapVector vector = nulls(new HeapMapVector(values.size(), first, second), values);
            vector.setOffsets(slices.starts);
            vector.setLengths(slices.lengths);
            return vector;
        }
        return slices.into(new MapVector(values.size(), first, second), values);
    }

    private ColumnVector structs(List<?> values, ColumnVector[] fields) {
        return flinks
                ? new Structs(values, fields)
                : decodedNulls(new StructVector(values.size(), fields), values);
    }

    private static <V extends DecodedVector> V decodedNulls(V vector, List<?> values) {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) == null) {
                vector.setNull(i);
            }
        }
        return vector;
    }

    private static void addAll(LogicalType type, ArrayData array, List<Object> to) {
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(type);
        for (int i = 0; i < array.size(); i++) {
            to.add(getter.getElementOrNull(array, i));
        }
    }

    private static <V extends AbstractHeapVector> V nulls(V vector, List<?> values) {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) == null) {
                vector.setNullAt(i);
            }
        }
        return vector;
    }

    private static void forPresent(List<?> values, IntConsumer action) {
        IntStream.range(0, values.size()).filter(i -> values.get(i) != null).forEach(action);
    }

    private static byte[] bytes(Object value) {
        return value instanceof StringData text ? text.toBytes() : (byte[]) value;
    }

    private static void append(HeapBytesVector vector, int index, byte[] value) {
        vector.appendBytes(index, value, 0, value.length);
    }

    private record Decimals(List<?> values) implements DecimalColumnVector {
        @Override
        public DecimalData getDecimal(int i, int precision, int scale) {
            return (DecimalData) values.get(i);
        }

        @Override
        public boolean isNullAt(int i) {
            return values.get(i) == null;
        }
    }

    private static final class Structs implements RowColumnVector {
        private final List<?> values;
        private final ColumnVector[] fields;

        Structs(List<?> values, ColumnVector[] fields) {
            this.values = values;
            this.fields = fields;
        }

        @Override
        public ColumnarRowData getRow(int i) {
            return new ColumnarRowData(new VectorizedColumnBatch(fields), i);
        }

        @Override
        public boolean isNullAt(int i) {
            return values.get(i) == null;
        }
    }

    private static final class Slices {
        private final long[] starts;
        private final long[] lengths;

        Slices(int count) {
            starts = new long[count];
            lengths = new long[count];
        }

        void set(int index, int start, int length) {
            starts[index] = start;
            lengths[index] = length;
        }

        ListShape into(ListShape vector, List<?> values) {
            for (int i = 0; i < starts.length; i++) {
                vector.starts()[i] = (int) starts[i];
                vector.lengths()[i] = (int) lengths[i];
            }
            return decodedNulls(vector, values);
        }
    }
}
