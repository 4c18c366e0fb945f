package io.millrace.arrow;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.flink.types.variant.BinaryVariant;

/** Writes values of one type, in Flink's internal form, into a vector of that type. */
@FunctionalInterface
interface ColumnWriter {
    /**
     * @param value not null; what is not written is null
     */
    void set(int index, Object value);

    /** A writer into a vector that {@code ArrowSchemas} says is of the type. */
    static ColumnWriter of(LogicalType type, FieldVector vector) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> {
                BitVector bits = (BitVector) vector;
                yield (i, value) -> bits.setSafe(i, (Boolean) value ? 1 : 0);
            }
            case TINYINT -> {
                TinyIntVector bytes = (TinyIntVector) vector;
                yield (i, value) -> bytes.setSafe(i, (Byte) value);
            }
            case SMALLINT -> {
                SmallIntVector shorts = (SmallIntVector) vector;
                yield (i, value) -> shorts.setSafe(i, (Short) value);
            }
            case INTEGER -> {
                IntVector ints = (IntVector) vector;
                yield (i, value) -> ints.setSafe(i, (Integer) value);
            }
            case BIGINT -> {
                BigIntVector longs = (BigIntVector) vector;
                yield (i, value) -> longs.setSafe(i, (Long) value);
            }
            case FLOAT -> {
                Float4Vector floats = (Float4Vector) vector;
                yield (i, value) -> floats.setSafe(i, (Float) value);
            }
            case DOUBLE -> {
                Float8Vector doubles = (Float8Vector) vector;
                yield (i, value) -> doubles.setSafe(i, (Double) value);
            }
            case DECIMAL -> decimals((DecimalVector) vector);
            case CHAR, VARCHAR -> {
                VarCharVector texts = (VarCharVector) vector;
                yield (i, value) -> texts.setSafe(i, bytes((StringData) value));
            }
            case BINARY, VARBINARY -> {
                VarBinaryVector binaries = (VarBinaryVector) vector;
                yield (i, value) -> binaries.setSafe(i, (byte[]) value);
            }
            case DATE -> {
                DateDayVector days = (DateDayVector) vector;
                yield (i, value) -> days.setSafe(i, (Integer) value);
            }
            case TIME_WITHOUT_TIME_ZONE -> {
                TimeMicroVector times = (TimeMicroVector) vector;
                yield (i, value) -> times.setSafe(i, (Integer) value * 1000L);
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                TimeStampVector times = (TimeStampVector) vector;
                yield (i, value) -> times.setSafe(i, micros((TimestampData) value));
            }
            case INTERVAL_YEAR_MONTH -> {
                IntervalYearVector months = (IntervalYearVector) vector;
                yield (i, value) -> months.setSafe(i, (Integer) value);
            }
            case INTERVAL_DAY_TIME -> {
                DurationVector millis = (DurationVector) vector;
                yield (i, value) -> millis.setSafe(i, (Long) value);
            }
            case ARRAY -> list(type.getChildren().get(0), (ListVector) vector);
            case MAP ->
                    map(type.getChildren().get(0), type.getChildren().get(1), (MapVector) vector);
            case MULTISET -> map(type.getChildren().get(0), new IntType(false), (MapVector) vector);
            case ROW, STRUCTURED_TYPE -> struct(type, (StructVector) vector);
            case VARIANT -> variant((StructVector) vector);
            case NULL -> (i, value) -> {};
            default -> throw new IllegalArgumentException("no vector holds values of " + type);
        };
    }

    private static ColumnWriter decimals(DecimalVector decimals) {
        int scale = decimals.getScale();
        return (i, value) -> {
            BigDecimal decimal = ((DecimalData) value).toBigDecimal();
            decimals.setSafe(i, decimal.scale() == scale ? decimal : decimal.setScale(scale));
        };
    }

    private static byte[] bytes(StringData text) {
        return text instanceof BinaryStringData binary
                ? binary.toBytes()
                : text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static long micros(TimestampData time) {
        return Math.addExact(
                Math.multiplyExact(time.getMillisecond(), 1000L),
                time.getNanoOfMillisecond() / 1000);
    }

    private static ColumnWriter list(LogicalType element, ListVector list) {
        ColumnWriter elements = of(element, list.getDataVector());
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(element);
        return (i, value) -> {
            ArrayData array = (ArrayData) value;
            int start = list.startNewValue(i);
            for (int n = 0; n < array.size(); n++) {
                Object each = getter.getElementOrNull(array, n);
                if (each != null) {
                    elements.set(start + n, each);
                }
            }
            list.endValue(i, array.size());
        };
    }

    private static ColumnWriter map(LogicalType keyType, LogicalType valueType, MapVector map) {
        StructVector entries = (StructVector) map.getDataVector();
        ColumnWriter keys = of(keyType, (FieldVector) entries.getChildByOrdinal(0));
        ColumnWriter values = of(valueType, (FieldVector) entries.getChildByOrdinal(1));
        ArrayData.ElementGetter key = ArrayData.createElementGetter(keyType);
        ArrayData.ElementGetter mapped = ArrayData.createElementGetter(valueType);
        return (i, value) -> {
            MapData data = (MapData) value;
            int start = map.startNewValue(i);
            for (int n = 0; n < data.size(); n++) {
                entries.setIndexDefined(start + n);
                Object eachKey = key.getElementOrNull(data.keyArray(), n);
                if (eachKey == null) {
                    throw new IllegalArgumentException(
                            "column '"
                                    + map.getName()
                                    + "' has a map with a null key, which Arrow's maps cannot have");
                }
                keys.set(start + n, eachKey);
                Object eachValue = mapped.getElementOrNull(data.valueArray(), n);
                if (eachValue != null) {
                    values.set(start + n, eachValue);
                }
            }
            map.endValue(i, data.size());
        };
    }

    private static ColumnWriter struct(LogicalType type, StructVector struct) {
        List<LogicalType> types = LogicalTypeChecks.getFieldTypes(type);
        ColumnWriter[] fields = new ColumnWriter[types.size()];
        RowData.FieldGetter[] getters = new RowData.FieldGetter[fields.length];
        for (int n = 0; n < fields.length; n++) {
            fields[n] = of(types.get(n), (FieldVector) struct.getChildByOrdinal(n));
            getters[n] = getter(types.get(n), n);
        }
        return (i, value) -> {
            struct.setIndexDefined(i);
            for (int n = 0; n < fields.length; n++) {
                Object each = getters[n].getFieldOrNull((RowData) value);
                if (each != null) {
                    fields[n].set(i, each);
                }
            }
        };
    }

    static RowData.FieldGetter getter(LogicalType type, int position) {
        return type.is(LogicalTypeRoot.NULL)
                ? row -> null
                : RowData.createFieldGetter(type, position);
    }

    private static ColumnWriter variant(StructVector struct) {
        VarBinaryVector metadata = (VarBinaryVector) struct.getChild("metadata");
        VarBinaryVector values = (VarBinaryVector) struct.getChild("value");
        return (i, value) -> {
            BinaryVariant variant = (BinaryVariant) value;
            struct.setIndexDefined(i);
            metadata.setSafe(i, variant.getMetadata());
            values.setSafe(i, variant.getValue());
        };
    }
}
