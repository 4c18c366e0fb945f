package io.millrace.delta.scan;

import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.columnar.vector.BooleanColumnVector;
import org.apache.flink.table.data.columnar.vector.ByteColumnVector;
import org.apache.flink.table.data.columnar.vector.BytesColumnVector;
import org.apache.flink.table.data.columnar.vector.BytesColumnVector.Bytes;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.DecimalColumnVector;
import org.apache.flink.table.data.columnar.vector.DoubleColumnVector;
import org.apache.flink.table.data.columnar.vector.FloatColumnVector;
import org.apache.flink.table.data.columnar.vector.IntColumnVector;
import org.apache.flink.table.data.columnar.vector.LongColumnVector;
import org.apache.flink.table.data.columnar.vector.ShortColumnVector;
import org.apache.flink.table.data.columnar.vector.TimestampColumnVector;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/** Takes values out of vectors, as Flink's internal data structures. */
@FunctionalInterface
interface ValueOfVector {

    /** The value at {@code row}, which is not null. */
    Object at(ColumnVector vector, int row);

    /** For a type that values can be cast from. */
    static ValueOfVector of(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> (vector, row) -> ((BooleanColumnVector) vector).getBoolean(row);
            case TINYINT -> (vector, row) -> ((ByteColumnVector) vector).getByte(row);
            case SMALLINT -> (vector, row) -> ((ShortColumnVector) vector).getShort(row);
            case INTEGER, DATE -> (vector, row) -> ((IntColumnVector) vector).getInt(row);
            case BIGINT -> (vector, row) -> ((LongColumnVector) vector).getLong(row);
            case FLOAT -> (vector, row) -> ((FloatColumnVector) vector).getFloat(row);
            case DOUBLE -> (vector, row) -> ((DoubleColumnVector) vector).getDouble(row);
            case CHAR, VARCHAR ->
                    (vector, row) -> {
                        Bytes bytes = ((BytesColumnVector) vector).getBytes(row);
                        return StringData.fromBytes(bytes.data, bytes.offset, bytes.len);
                    };
            case BINARY, VARBINARY ->
                    (vector, row) -> ((BytesColumnVector) vector).getBytes(row).getBytes();
            case DECIMAL -> {
                int precision = ((DecimalType) type).getPrecision();
                int scale = ((DecimalType) type).getScale();
                yield (vector, row) ->
                        ((DecimalColumnVector) vector).getDecimal(row, precision, scale);
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    (vector, row) ->
                            ((TimestampColumnVector) vector)
                                    .getTimestamp(row, ValueCast.MICROSECONDS);
            default -> throw new IllegalArgumentException("no cast from " + type);
        };
    }
}
