package io.millrace.delta.parquet;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/** Takes values of one type out of Kernel's vectors, as Flink's internal data structures. */
@FunctionalInterface
interface VectorReader {

    /** The value at {@code row}, which is not null. */
    Object readPresent(ColumnVector vector, int row);

    default Object read(ColumnVector vector, int row) {
        return vector.isNullAt(row) ? null : readPresent(vector, row);
    }

    /** A reader of values of the logical type {@code type}; strings stand as bytes in vectors. */
    static VectorReader of(DataType type) {
        if (type instanceof StringType) {
            return (vector, row) -> StringData.fromBytes(vector.getBinary(row));
        } else if (type instanceof LongType) {
            return ColumnVector::getLong;
        } else if (type instanceof IntegerType || type instanceof DateType) {
            return ColumnVector::getInt;
        } else if (type instanceof DoubleType) {
            return ColumnVector::getDouble;
        } else if (type instanceof BooleanType) {
            return ColumnVector::getBoolean;
        } else if (type instanceof ShortType) {
            return ColumnVector::getShort;
        } else if (type instanceof ByteType) {
            return ColumnVector::getByte;
        } else if (type instanceof FloatType) {
            return ColumnVector::getFloat;
        } else if (type instanceof BinaryType) {
            return ColumnVector::getBinary;
        } else if (type instanceof TimestampType || type instanceof TimestampNTZType) {
            return (vector, row) -> ofMicros(vector.getLong(row));
        } else if (type instanceof DecimalType decimal) {
            int precision = decimal.getPrecision();
            int scale = decimal.getScale();
            return (vector, row) ->
                    DecimalData.fromBigDecimal(vector.getDecimal(row), precision, scale);
        } else if (type instanceof StructType struct) {
            return ofStruct(struct);
        } else if (type instanceof ArrayType array) {
            VectorReader elements = of(array.getElementType());
            return (vector, row) -> {
                ArrayValue value = vector.getArray(row);
                return new GenericArrayData(all(elements, value.getElements(), value.getSize()));
            };
        } else if (type instanceof MapType map) {
            return ofMap(map);
        }
        throw new IllegalArgumentException("columns of type " + type + " cannot be read");
    }

    private static VectorReader ofStruct(StructType struct) {
        VectorReader[] fields =
                struct.fields().stream().map(f -> of(f.getDataType())).toArray(VectorReader[]::new);
        return (vector, row) -> {
            GenericRowData value = new GenericRowData(fields.length);
            for (int i = 0; i < fields.length; i++) {
                value.setField(i, fields[i].read(vector.getChild(i), row));
            }
            return value;
        };
    }

    private static VectorReader ofMap(MapType map) {
        VectorReader keys = of(map.getKeyType());
        VectorReader values = of(map.getValueType());
        return (vector, row) -> {
            MapValue value = vector.getMap(row);
            Map<Object, Object> entries = new LinkedHashMap<>();
            for (int i = 0; i < value.getSize(); i++) {
                entries.put(keys.read(value.getKeys(), i), values.read(value.getValues(), i));
            }
            return new GenericMapData(entries);
        };
    }

    private static Object[] all(VectorReader reader, ColumnVector vector, int size) {
        Object[] values = new Object[size];
        for (int i = 0; i < size; i++) {
            values[i] = reader.read(vector, i);
        }
        return values;
    }

    private static TimestampData ofMicros(long micros) {
        return TimestampData.fromEpochMillis(
                Math.floorDiv(micros, 1000L), (int) Math.floorMod(micros, 1000L) * 1000);
    }
}
