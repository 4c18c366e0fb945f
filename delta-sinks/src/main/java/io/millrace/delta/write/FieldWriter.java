package io.millrace.delta.write;

import java.util.function.Supplier;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** Hands one value that is not null, of a row or of an array, to Parquet. */
interface FieldWriter {

    void write(RowData row, int position);

    void write(ArrayData array, int position);

    /** For values of {@code type} that are stored as {@code stored}. */
    static FieldWriter of(LogicalType type, Type stored, Supplier<RecordConsumer> out) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN ->
                    new Getting<>(
                            RowData::getBoolean,
                            ArrayData::getBoolean,
                            v -> out.get().addBoolean(v));
            case TINYINT ->
                    new Getting<>(
                            RowData::getByte, ArrayData::getByte, v -> out.get().addInteger(v));
            case SMALLINT ->
                    new Getting<>(
                            RowData::getShort, ArrayData::getShort, v -> out.get().addInteger(v));
            case INTEGER, DATE ->
                    new Getting<>(RowData::getInt, ArrayData::getInt, v -> out.get().addInteger(v));
            case BIGINT ->
                    new Getting<>(RowData::getLong, ArrayData::getLong, v -> out.get().addLong(v));
            case FLOAT ->
                    new Getting<>(
                            RowData::getFloat, ArrayData::getFloat, v -> out.get().addFloat(v));
            case DOUBLE ->
                    new Getting<>(
                            RowData::getDouble, ArrayData::getDouble, v -> out.get().addDouble(v));
            case CHAR, VARCHAR ->
                    new Getting<>(
                            RowData::getString,
                            ArrayData::getString,
                            v -> out.get().addBinary(Binary.fromConstantByteArray(v.toBytes())));
            case BINARY, VARBINARY ->
                    new Getting<>(
                            RowData::getBinary,
                            ArrayData::getBinary,
                            v -> out.get().addBinary(Binary.fromReusedByteArray(v)));
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                int precision = LogicalTypeChecks.getPrecision(type);
                yield new Getting<>(
                        (r, i) -> r.getTimestamp(i, precision),
                        (a, i) -> a.getTimestamp(i, precision),
                        v -> out.get().addLong(micros(v)));
            }
            case DECIMAL -> decimal((DecimalType) type, stored.asPrimitiveType(), out);
            case ARRAY -> new ListFieldWriter((ArrayType) type, stored.asGroupType(), out);
            case MAP -> new MapFieldWriter((MapType) type, stored.asGroupType(), out);
            case ROW -> {
                int arity = ((RowType) type).getFieldCount();
                RowFieldsWriter fields =
                        RowFieldsWriter.struct((RowType) type, stored.asGroupType(), out);
                yield new Getting<>(
                        (r, i) -> r.getRow(i, arity),
                        (a, i) -> a.getRow(i, arity),
                        v -> {
                            out.get().startGroup();
                            fields.write(v);
                            out.get().endGroup();
                        });
            }
            default ->
                    throw new IllegalArgumentException(
                            "cannot write column " + stored.getName() + " of type " + type);
        };
    }

    /** Microseconds since the epoch, rounded down. */
    static long micros(TimestampData timestamp) {
        return Math.addExact(
                Math.multiplyExact(timestamp.getMillisecond(), 1000L),
                timestamp.getNanoOfMillisecond() / 1000);
    }

    private static FieldWriter decimal(
            DecimalType type, PrimitiveType stored, Supplier<RecordConsumer> out) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        Sink<DecimalData> sink =
                switch (stored.getPrimitiveTypeName()) {
                    case INT32 -> v -> out.get().addInteger((int) v.toUnscaledLong());
                    case INT64 -> v -> out.get().addLong(v.toUnscaledLong());
                    case FIXED_LEN_BYTE_ARRAY ->
                            v ->
                                    out.get()
                                            .addBinary(
                                                    fixed(
                                                            v.toUnscaledBytes(),
                                                            stored.getTypeLength()));
                    case BINARY, BOOLEAN, DOUBLE, FLOAT, INT96 ->
                            throw new IllegalArgumentException("not stored as decimal: " + stored);
                };
        return new Getting<>(
                (r, i) -> r.getDecimal(i, precision, scale),
                (a, i) -> a.getDecimal(i, precision, scale),
                sink);
    }

    private static Binary fixed(byte[] unscaled, int length) {
        byte[] bytes = new byte[length];
        byte sign = (byte) (unscaled[0] < 0 ? -1 : 0);
        int padding = length - unscaled.length;
        for (int i = 0; i < padding; i++) {
            bytes[i] = sign;
        }
        System.arraycopy(unscaled, 0, bytes, padding, unscaled.length);
        return Binary.fromConstantByteArray(bytes);
    }

    /** Takes a value. */
    @FunctionalInterface
    interface Sink<T> {
        void accept(T value);
    }

    /** Reads a value out of a row. */
    @FunctionalInterface
    interface FromRow<T> {
        T get(RowData row, int position);
    }

    /** Reads a value out of an array. */
    @FunctionalInterface
    interface FromArray<T> {
        T get(ArrayData array, int position);
    }

    /** Reads the value and hands it on. */
    record Getting<T>(FromRow<T> fromRow, FromArray<T> fromArray, Sink<T> sink)
            implements FieldWriter {

        @Override
        public void write(RowData row, int position) {
            sink.accept(fromRow.get(row, position));
        }

        @Override
        public void write(ArrayData array, int position) {
            sink.accept(fromArray.get(array, position));
        }
    }

    /** A list in three levels. */
    final class ListFieldWriter implements FieldWriter {

        private final Supplier<RecordConsumer> out;
        private final boolean nullable;
        private final FieldWriter element;

        ListFieldWriter(ArrayType type, GroupType stored, Supplier<RecordConsumer> out) {
            Type storedElement = stored.getType(0).asGroupType().getType(0);
            this.out = out;
            this.nullable = storedElement.isRepetition(Type.Repetition.OPTIONAL);
            this.element = FieldWriter.of(type.getElementType(), storedElement, out);
        }

        @Override
        public void write(RowData row, int position) {
            write(row.getArray(position));
        }

        @Override
        public void write(ArrayData array, int position) {
            write(array.getArray(position));
        }

        private void write(ArrayData array) {
            RecordConsumer consumer = out.get();
            consumer.startGroup();
            if (array.size() > 0) {
                consumer.startField("list", 0);
                for (int i = 0; i < array.size(); i++) {
                    consumer.startGroup();
                    writeOptional(consumer, "element", 0, element, nullable, array, i);
                    consumer.endGroup();
                }
                consumer.endField("list", 0);
            }
            consumer.endGroup();
        }
    }

    private static void writeOptional(
            RecordConsumer consumer,
            String name,
            int index,
            FieldWriter writer,
            boolean nullable,
            ArrayData array,
            int i) {
        if (!array.isNullAt(i)) {
            consumer.startField(name, index);
            writer.write(array, i);
            consumer.endField(name, index);
        } else if (!nullable) {
            throw new IllegalArgumentException("null " + name + " in a column that allows none");
        }
    }

    /** A map as a list of keys and values. */
    final class MapFieldWriter implements FieldWriter {

        private final Supplier<RecordConsumer> out;
        private final FieldWriter key;
        private final FieldWriter value;
        private final boolean valueNullable;

        MapFieldWriter(MapType type, GroupType stored, Supplier<RecordConsumer> out) {
            GroupType entry = stored.getType(0).asGroupType();
            this.out = out;
            this.key = FieldWriter.of(type.getKeyType(), entry.getType(0), out);
            this.value = FieldWriter.of(type.getValueType(), entry.getType(1), out);
            this.valueNullable = entry.getType(1).isRepetition(Type.Repetition.OPTIONAL);
        }

        @Override
        public void write(RowData row, int position) {
            write(row.getMap(position));
        }

        @Override
        public void write(ArrayData array, int position) {
            write(array.getMap(position));
        }

        private void write(MapData map) {
            RecordConsumer consumer = out.get();
            ArrayData keys = map.keyArray();
            ArrayData values = map.valueArray();
            consumer.startGroup();
            if (map.size() > 0) {
                consumer.startField("key_value", 0);
                for (int i = 0; i < map.size(); i++) {
                    consumer.startGroup();
                    writeOptional(consumer, "key", 0, key, false, keys, i);
                    writeOptional(consumer, "value", 1, value, valueNullable, values, i);
                    consumer.endGroup();
                }
                consumer.endField("key_value", 0);
            }
            consumer.endGroup();
        }
    }
}
