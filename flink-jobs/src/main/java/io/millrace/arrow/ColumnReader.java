package io.millrace.arrow;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.BaseListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Takes values of one type, in Flink's internal form, out of a vector. */
@FunctionalInterface
interface ColumnReader {
    /** The value there, which is not null. */
    Object get(int index);

    /** The value there; null where it is null. */
    static Object nullable(ValueVector vector, ColumnReader values, int index) {
        return vector.isNull(index) ? null : values.get(index);
    }

    /** A reader of a vector whose type {@link ArrowTypes} says. */
    static ColumnReader of(LogicalType type, FieldVector vector) {
        return switch (type.getTypeRoot()) {
            case NULL -> i -> null;
            case BOOLEAN -> i -> ((BitVector) vector).get(i) != 0;
            case TINYINT -> i -> (byte) integer(vector, i);
            case SMALLINT -> i -> (short) integer(vector, i);
            case INTEGER -> i -> (int) integer(vector, i);
            case BIGINT -> i -> integer(vector, i);
            case FLOAT -> i -> ((Float4Vector) vector).get(i);
            case DOUBLE -> i -> ((Float8Vector) vector).get(i);
            case DECIMAL -> decimals((DecimalType) type, vector);
            case CHAR, VARCHAR -> i -> StringData.fromBytes(text(vector, i));
            case BINARY, VARBINARY -> i -> bytes(vector, i);
            case DATE -> i -> day(vector, i);
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    times((TimeStampVector) vector);
            case ARRAY -> arrays(type, vector);
            case MAP -> maps(type, vector);
            case ROW -> rows(type, (StructVector) vector);
            default -> throw new IllegalArgumentException("nothing is read as " + type);
        };
    }

    private static long integer(FieldVector vector, int i) {
        if (vector instanceof UInt1Vector bytes) {
            return Byte.toUnsignedLong(bytes.get(i));
        } else if (vector instanceof UInt2Vector shorts) {
            return shorts.get(i);
        } else if (vector instanceof UInt4Vector ints) {
            return Integer.toUnsignedLong(ints.get(i));
        }
        return ((BaseIntVector) vector).getValueAsLong(i);
    }

    private static ColumnReader decimals(DecimalType type, FieldVector vector) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        return i -> {
            BigDecimal value =
                    vector instanceof DecimalVector decimals
                            ? decimals.getObject(i)
                            : (BigDecimal) vector.getObject(i);
            return DecimalData.fromBigDecimal(value, precision, scale);
        };
    }

    private static byte[] text(FieldVector vector, int i) {
        return vector instanceof LargeVarCharVector large
                ? large.get(i)
                : ((VarCharVector) vector).get(i);
    }

    private static byte[] bytes(FieldVector vector, int i) {
        if (vector instanceof FixedSizeBinaryVector fixed) {
            return fixed.get(i);
        }
        return vector instanceof LargeVarBinaryVector large
                ? large.get(i)
                : ((VarBinaryVector) vector).get(i);
    }

    private static int day(FieldVector vector, int i) {
        return vector instanceof DateMilliVector millis
                ? (int) Math.floorDiv(millis.get(i), 86_400_000L)
                : ((DateDayVector) vector).get(i);
    }

    private static ColumnReader times(TimeStampVector vector) {
        TimeUnit unit = ((ArrowType.Timestamp) vector.getField().getType()).getUnit();
        long perMilli =
                switch (unit) {
                    case SECOND, MILLISECOND -> 1;
                    case MICROSECOND -> 1000;
                    case NANOSECOND -> 1_000_000;
                };
        long millis = unit == TimeUnit.SECOND ? 1000 : 1;
        int nanos = (int) (1_000_000 / perMilli);
        return i -> {
            long value = Math.multiplyExact(vector.get(i), millis);
            // To microseconds, as the column's type is.
            int fraction = (int) Math.floorMod(value, perMilli) * nanos / 1000 * 1000;
            return TimestampData.fromEpochMillis(Math.floorDiv(value, perMilli), fraction);
        };
    }

    private static ColumnReader arrays(LogicalType type, FieldVector vector) {
        BaseListVector list = (BaseListVector) vector;
        FieldVector elements = list.getChildrenFromFields().get(0);
        ColumnReader values = of(type.getChildren().get(0), elements);
        return i -> {
            int start = list.getElementStartIndex(i);
            Object[] array = new Object[list.getElementEndIndex(i) - start];
            for (int n = 0; n < array.length; n++) {
                array[n] = nullable(elements, values, start + n);
            }
            return new GenericArrayData(array);
        };
    }

    private static ColumnReader maps(LogicalType type, FieldVector vector) {
        BaseListVector map = (BaseListVector) vector;
        List<FieldVector> entry = map.getChildrenFromFields().get(0).getChildrenFromFields();
        ColumnReader keys = of(type.getChildren().get(0), entry.get(0));
        ColumnReader values = of(type.getChildren().get(1), entry.get(1));
        return i -> {
            Map<Object, Object> entries = new LinkedHashMap<>();
            for (int n = map.getElementStartIndex(i); n < map.getElementEndIndex(i); n++) {
                entries.put(nullable(entry.get(0), keys, n), nullable(entry.get(1), values, n));
            }
            return new GenericMapData(entries);
        };
    }

    private static ColumnReader rows(LogicalType type, StructVector struct) {
        List<LogicalType> types = LogicalTypeChecks.getFieldTypes(type);
        List<FieldVector> vectors = struct.getChildrenFromFields();
        ColumnReader[] fields = new ColumnReader[types.size()];
        for (int n = 0; n < fields.length; n++) {
            fields[n] = of(types.get(n), vectors.get(n));
        }
        return i -> {
            GenericRowData row = new GenericRowData(fields.length);
            for (int n = 0; n < fields.length; n++) {
                row.setField(n, nullable(vectors.get(n), fields[n], i));
            }
            return row;
        };
    }
}
