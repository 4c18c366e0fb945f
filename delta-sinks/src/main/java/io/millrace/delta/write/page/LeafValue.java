package io.millrace.delta.write.page;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Appends one value that is not null, out of a row or an array, as PLAIN has it. Values of rows and
 * arrays in Flink's binary format are copied as bytes; nothing is made of them in between.
 */
interface LeafValue {

    void put(RowData row, int position, ByteSink out);

    void put(ArrayData array, int position, ByteSink out);

    /**
     * For values of {@code type} that are stored as {@code stored}.
     *
     * @throws IllegalArgumentException if there is no such column, naming it
     */
    static LeafValue of(LogicalType type, PrimitiveType stored) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN ->
                    new Of(
                            (row, i, out) -> out.putByte(row.getBoolean(i) ? 1 : 0),
                            (array, i, out) -> out.putByte(array.getBoolean(i) ? 1 : 0));
            case TINYINT ->
                    new Of(
                            (row, i, out) -> out.putInt(row.getByte(i)),
                            (array, i, out) -> out.putInt(array.getByte(i)));
            case SMALLINT ->
                    new Of(
                            (row, i, out) -> out.putInt(row.getShort(i)),
                            (array, i, out) -> out.putInt(array.getShort(i)));
            case INTEGER, DATE ->
                    new Of(
                            (row, i, out) -> out.putInt(row.getInt(i)),
                            (array, i, out) -> out.putInt(array.getInt(i)));
            case BIGINT ->
                    new Of(
                            (row, i, out) -> out.putLong(row.getLong(i)),
                            (array, i, out) -> out.putLong(array.getLong(i)));
            case FLOAT ->
                    new Of(
                            (row, i, out) -> out.putInt(Float.floatToRawIntBits(row.getFloat(i))),
                            (array, i, out) ->
                                    out.putInt(Float.floatToRawIntBits(array.getFloat(i))));
            case DOUBLE ->
                    new Of(
                            (row, i, out) ->
                                    out.putLong(Double.doubleToRawLongBits(row.getDouble(i))),
                            (array, i, out) ->
                                    out.putLong(Double.doubleToRawLongBits(array.getDouble(i))));
            case CHAR, VARCHAR ->
                    binary(
                            new Of(
                                    (row, i, out) -> text(row.getString(i), out),
                                    (array, i, out) -> text(array.getString(i), out)),
                            BinaryValues::bytes);
            case BINARY, VARBINARY ->
                    binary(
                            new Of(
                                    (row, i, out) -> bytes(row.getBinary(i), out),
                                    (array, i, out) -> bytes(array.getBinary(i), out)),
                            BinaryValues::bytes);
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    timestamp(LogicalTypeChecks.getPrecision(type));
            case DECIMAL -> decimal((DecimalType) type, stored);
            default ->
                    throw new IllegalArgumentException(
                            "cannot write column " + stored.getName() + " of type " + type);
        };
    }

    private static LeafValue timestamp(int precision) {
        LeafValue objects =
                new Of(
                        (row, i, out) ->
                                out.putLong(Timestamps.micros(row.getTimestamp(i, precision))),
                        (array, i, out) ->
                                out.putLong(Timestamps.micros(array.getTimestamp(i, precision))));
        if (TimestampData.isCompact(precision)) {
            return objects;
        }
        return binary(objects, BinaryValues::micros);
    }

    private static LeafValue decimal(DecimalType type, PrimitiveType stored) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        PrimitiveTypeName physical = stored.getPrimitiveTypeName();
        int length = stored.getTypeLength();
        LeafValue objects =
                new Of(
                        (row, i, out) ->
                                decimal(row.getDecimal(i, precision, scale), physical, length, out),
                        (array, i, out) ->
                                decimal(
                                        array.getDecimal(i, precision, scale),
                                        physical,
                                        length,
                                        out));
        return switch (physical) {
            case INT32 -> binary(objects, (section, field, at, out) -> out.putInt((int) field));
            case INT64 -> binary(objects, (section, field, at, out) -> out.putLong(field));
            case FIXED_LEN_BYTE_ARRAY ->
                    binary(
                            objects,
                            (section, field, at, out) ->
                                    BinaryValues.unscaled(section, field, length, out));
            case BINARY, BOOLEAN, DOUBLE, FLOAT, INT96 ->
                    throw new IllegalArgumentException("not stored as decimal: " + stored);
        };
    }

    private static void decimal(
            DecimalData value, PrimitiveTypeName physical, int length, ByteSink out) {
        if (physical == PrimitiveTypeName.INT32) {
            out.putInt((int) value.toUnscaledLong());
        } else if (physical == PrimitiveTypeName.INT64) {
            out.putLong(value.toUnscaledLong());
        } else {
            byte[] unscaled = value.toUnscaledBytes();
            BinaryValues.extendSign(unscaled[0], length - unscaled.length, out);
            out.put(unscaled, 0, unscaled.length);
        }
    }

    private static void text(StringData text, ByteSink out) {
        bytes(text.toBytes(), out);
    }

    private static void bytes(byte[] bytes, ByteSink out) {
        out.putInt(bytes.length);
        out.put(bytes, 0, bytes.length);
    }

    private static LeafValue binary(LeafValue objects, BinaryValues.Copy copy) {
        return new BinaryValues(objects, copy);
    }

    /** Appends a value of a row. */
    @FunctionalInterface
    interface FromRow {
        void put(RowData row, int position, ByteSink out);
    }

    /** Appends a value of an array. */
    @FunctionalInterface
    interface FromArray {
        void put(ArrayData array, int position, ByteSink out);
    }

    /** By the getters of rows and arrays. */
    record Of(FromRow fromRow, FromArray fromArray) implements LeafValue {

        @Override
        public void put(RowData row, int position, ByteSink out) {
            fromRow.put(row, position, out);
        }

        @Override
        public void put(ArrayData array, int position, ByteSink out) {
            fromArray.put(array, position, out);
        }
    }
}
