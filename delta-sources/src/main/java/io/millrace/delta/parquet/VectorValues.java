package io.millrace.delta.parquet;

import io.millrace.delta.parquet.vector.ListVector;
import io.millrace.delta.parquet.vector.MapVector;
import io.millrace.delta.parquet.vector.StructVector;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.columnar.vector.BooleanColumnVector;
import org.apache.flink.table.data.columnar.vector.ByteColumnVector;
import org.apache.flink.table.data.columnar.vector.BytesColumnVector;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.DecimalColumnVector;
import org.apache.flink.table.data.columnar.vector.DoubleColumnVector;
import org.apache.flink.table.data.columnar.vector.FloatColumnVector;
import org.apache.flink.table.data.columnar.vector.IntColumnVector;
import org.apache.flink.table.data.columnar.vector.LongColumnVector;
import org.apache.flink.table.data.columnar.vector.ShortColumnVector;
import org.apache.flink.table.data.columnar.vector.TimestampColumnVector;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.types.variant.BinaryVariant;

/** Takes values of one type out of vectors, as Flink's internal data structures of their own. */
@FunctionalInterface
interface VectorValues {

    /** The value at {@code row}, which is not null. */
    Object readPresent(ColumnVector vector, int row);

    default Object read(ColumnVector vector, int row) {
        return vector.isNullAt(row) ? null : readPresent(vector, row);
    }

    static VectorValues of(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> (vector, row) -> ((BooleanColumnVector) vector).getBoolean(row);
            case TINYINT -> (vector, row) -> ((ByteColumnVector) vector).getByte(row);
            case SMALLINT -> (vector, row) -> ((ShortColumnVector) vector).getShort(row);
            case INTEGER, DATE -> (vector, row) -> ((IntColumnVector) vector).getInt(row);
            case BIGINT -> (vector, row) -> ((LongColumnVector) vector).getLong(row);
            case FLOAT -> (vector, row) -> ((FloatColumnVector) vector).getFloat(row);
            case DOUBLE -> (vector, row) -> ((DoubleColumnVector) vector).getDouble(row);
            case CHAR, VARCHAR -> (vector, row) -> StringData.fromBytes(bytes(vector, row));
            case BINARY, VARBINARY -> VectorValues::bytes;
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                int precision = decimal.getPrecision();
                int scale = decimal.getScale();
                yield (vector, row) ->
                        ((DecimalColumnVector) vector).getDecimal(row, precision, scale);
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE -> timestamp(((TimestampType) type).getPrecision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    timestamp(((LocalZonedTimestampType) type).getPrecision());
            case ROW -> ofRow(type);
            case ARRAY -> {
                VectorValues elements = of(type.getChildren().get(0));
                yield (vector, row) -> {
                    ListVector list = (ListVector) vector;
                    return new GenericArrayData(
                            all(
                                    elements,
                                    list.elements(),
                                    list.starts()[row],
                                    list.lengths()[row]));
                };
            }
            case MAP -> ofMap(type);
            case VARIANT ->
                    (vector, row) -> {
                        StructVector variant = (StructVector) vector;
                        return new BinaryVariant(
                                bytes(variant.field(0), row), bytes(variant.field(1), row));
                    };
            case NULL -> (vector, row) -> null;
            default ->
                    throw new IllegalArgumentException(
                            "columns of type " + type.asSummaryString() + " cannot be read");
        };
    }

    private static byte[] bytes(ColumnVector vector, int row) {
        BytesColumnVector.Bytes bytes = ((BytesColumnVector) vector).getBytes(row);
        byte[] copy = new byte[bytes.len];
        System.arraycopy(bytes.data, bytes.offset, copy, 0, bytes.len);
        return copy;
    }

    private static VectorValues timestamp(int precision) {
        return (vector, row) -> ((TimestampColumnVector) vector).getTimestamp(row, precision);
    }

    private static VectorValues ofRow(LogicalType type) {
        VectorValues[] fields =
                type.getChildren().stream().map(VectorValues::of).toArray(VectorValues[]::new);
        return (vector, row) -> {
            StructVector struct = (StructVector) vector;
            GenericRowData value = new GenericRowData(fields.length);
            for (int i = 0; i < fields.length; i++) {
                value.setField(i, fields[i].read(struct.field(i), row));
            }
            return value;
        };
    }

    private static VectorValues ofMap(LogicalType type) {
        VectorValues keys = of(type.getChildren().get(0));
        VectorValues values = of(type.getChildren().get(1));
        return (vector, row) -> {
            MapVector map = (MapVector) vector;
            Map<Object, Object> entries = new LinkedHashMap<>();
            int end = map.starts()[row] + map.lengths()[row];
            for (int i = map.starts()[row]; i < end; i++) {
                entries.put(keys.read(map.keys(), i), values.read(map.values(), i));
            }
            return new GenericMapData(entries);
        };
    }

    private static Object[] all(VectorValues reader, ColumnVector vector, int start, int size) {
        Object[] values = new Object[size];
        for (int i = 0; i < size; i++) {
            values[i] = reader.read(vector, start + i);
        }
        return values;
    }
}
