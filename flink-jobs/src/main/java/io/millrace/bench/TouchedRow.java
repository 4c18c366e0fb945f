package io.millrace.bench;

import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * Reads every field of a row, down to the last element; of strings length, first and last byte.
 * Readers that gave the same rows have the same sum of touches.
 */
public final class TouchedRow {

    private static final long PRIME = 31;

    private final OfRow[] fields;

    public TouchedRow(List<LogicalType> types) {
        this.fields = types.stream().map(TouchedRow::ofRow).toArray(OfRow[]::new);
    }

    /** A number to which every value of the row contributes; the row kind does not. */
    public long touch(RowData row) {
        long sum = 1;
        for (int i = 0; i < fields.length; i++) {
            sum = PRIME * sum + (row.isNullAt(i) ? 0 : fields[i].touch(row, i));
        }
        return sum;
    }

    @FunctionalInterface
    private interface OfRow {
        long touch(RowData row, int field);
    }

    @FunctionalInterface
    private interface OfArray {
        long touch(ArrayData array, int index);
    }

    private static OfRow ofRow(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> (row, i) -> row.getBoolean(i) ? 1 : 2;
            case TINYINT -> RowData::getByte;
            case SMALLINT -> RowData::getShort;
            case INTEGER, DATE -> RowData::getInt;
            case BIGINT -> RowData::getLong;
            case FLOAT -> (row, i) -> Float.floatToIntBits(row.getFloat(i));
            case DOUBLE -> (row, i) -> Double.doubleToLongBits(row.getDouble(i));
            case CHAR, VARCHAR -> (row, i) -> text((BinaryStringData) row.getString(i));
            case BINARY, VARBINARY -> (row, i) -> Arrays.hashCode(row.getBinary(i));
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                int precision = decimal.getPrecision();
                int scale = decimal.getScale();
                yield (row, i) -> unscaled(row.getDecimal(i, precision, scale));
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                int precision = LogicalTypeChecks.getPrecision(type);
                yield (row, i) -> nanos(row.getTimestamp(i, precision));
            }
            case ARRAY -> {
                OfArray elements = ofArray(((ArrayType) type).getElementType());
                yield (row, i) -> all(row.getArray(i), elements);
            }
            case MAP -> {
                OfArray keys = ofArray(((MapType) type).getKeyType());
                OfArray values = ofArray(((MapType) type).getValueType());
                yield (row, i) -> entries(row.getMap(i), keys, values);
            }
            case ROW -> {
                TouchedRow nested = new TouchedRow(((RowType) type).getChildren());
                int arity = nested.fields.length;
                yield (row, i) -> nested.touch(row.getRow(i, arity));
            }
            default -> throw new IllegalArgumentException("columns of type " + type);
        };
    }

    private static OfArray ofArray(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> (array, i) -> array.getBoolean(i) ? 1 : 2;
            case TINYINT -> ArrayData::getByte;
            case SMALLINT -> ArrayData::getShort;
            case INTEGER, DATE -> ArrayData::getInt;
            case BIGINT -> ArrayData::getLong;
            case FLOAT -> (array, i) -> Float.floatToIntBits(array.getFloat(i));
            case DOUBLE -> (array, i) -> Double.doubleToLongBits(array.getDouble(i));
            case CHAR, VARCHAR -> (array, i) -> text((BinaryStringData) array.getString(i));
            case BINARY, VARBINARY -> (array, i) -> Arrays.hashCode(array.getBinary(i));
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                int precision = decimal.getPrecision();
                int scale = decimal.getScale();
                yield (array, i) -> unscaled(array.getDecimal(i, precision, scale));
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                int precision = LogicalTypeChecks.getPrecision(type);
                yield (array, i) -> nanos(array.getTimestamp(i, precision));
            }
            case ARRAY -> {
                OfArray elements = ofArray(((ArrayType) type).getElementType());
                yield (array, i) -> all(array.getArray(i), elements);
            }
            case MAP -> {
                OfArray keys = ofArray(((MapType) type).getKeyType());
                OfArray values = ofArray(((MapType) type).getValueType());
                yield (array, i) -> entries(array.getMap(i), keys, values);
            }
            case ROW -> {
                TouchedRow nested = new TouchedRow(((RowType) type).getChildren());
                int arity = nested.fields.length;
                yield (array, i) -> nested.touch(array.getRow(i, arity));
            }
            default -> throw new IllegalArgumentException("elements of type " + type);
        };
    }

    /** Not every byte: hashing them would cost more than reading the row. */
    private static long text(BinaryStringData value) {
        int size = value.getSizeInBytes();
        return size == 0
                ? PRIME
                : PRIME * (PRIME * size + value.byteAt(0)) + value.byteAt(size - 1);
    }

    private static long unscaled(DecimalData value) {
        return value.isCompact()
                ? value.toUnscaledLong()
                : Arrays.hashCode(value.toUnscaledBytes());
    }

    private static long nanos(TimestampData value) {
        return PRIME * value.getMillisecond() + value.getNanoOfMillisecond();
    }

    private static long all(ArrayData array, OfArray elements) {
        long sum = 1;
        for (int i = 0; i < array.size(); i++) {
            sum = PRIME * sum + (array.isNullAt(i) ? 0 : elements.touch(array, i));
        }
        return sum;
    }

    /** Does not depend on the order of the entries, which means nothing. */
    private static long entries(MapData map, OfArray keys, OfArray values) {
        ArrayData key = map.keyArray();
        ArrayData value = map.valueArray();
        long sum = 1;
        for (int i = 0; i < key.size(); i++) {
            long touched = value.isNullAt(i) ? 0 : values.touch(value, i);
            sum += (PRIME + keys.touch(key, i)) * (PRIME + touched);
        }
        return sum;
    }
}
