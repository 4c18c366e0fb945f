package io.millrace.delta.parquet.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.types.variant.BinaryVariantInternalBuilder;

/** Values of any type in Flink's internal data structures, many of them at the edges. */
final class RandomValues {

    private static final DataType STRUCT =
            DataTypes.ROW(
                    DataTypes.FIELD("a", DataTypes.INT()),
                    DataTypes.FIELD("b", DataTypes.STRING()),
                    DataTypes.FIELD("c", DataTypes.DECIMAL(38, 3)),
                    DataTypes.FIELD("d", DataTypes.ARRAY(DataTypes.TIMESTAMP(6))));

    /** Each type that a table can have, nested ones with various elements. */
    static final RowType ALL_TYPES =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.BOOLEAN(),
                                    DataTypes.TINYINT(),
                                    DataTypes.SMALLINT(),
                                    DataTypes.INT(),
                                    DataTypes.BIGINT(),
                                    DataTypes.BIGINT().notNull(),
                                    DataTypes.FLOAT(),
                                    DataTypes.DOUBLE(),
                                    DataTypes.STRING(),
                                    DataTypes.BYTES(),
                                    DataTypes.DATE(),
                                    DataTypes.DECIMAL(9, 2),
                                    DataTypes.DECIMAL(18, 0),
                                    DataTypes.DECIMAL(19, 19),
                                    DataTypes.DECIMAL(38, 10),
                                    DataTypes.TIMESTAMP(3),
                                    DataTypes.TIMESTAMP(6),
                                    DataTypes.TIMESTAMP_LTZ(3),
                                    DataTypes.TIMESTAMP_LTZ(6),
                                    DataTypes.ARRAY(DataTypes.BOOLEAN()),
                                    DataTypes.ARRAY(DataTypes.TINYINT()),
                                    DataTypes.ARRAY(DataTypes.SMALLINT()),
                                    DataTypes.ARRAY(DataTypes.INT()),
                                    DataTypes.ARRAY(DataTypes.DOUBLE()),
                                    DataTypes.ARRAY(DataTypes.FLOAT()),
                                    DataTypes.ARRAY(DataTypes.STRING()),
                                    DataTypes.ARRAY(DataTypes.DECIMAL(30, 5)),
                                    DataTypes.ARRAY(DataTypes.ARRAY(DataTypes.BIGINT())),
                                    DataTypes.MAP(DataTypes.STRING().notNull(), DataTypes.INT()),
                                    DataTypes.MAP(
                                            DataTypes.BIGINT().notNull(),
                                            DataTypes.ARRAY(DataTypes.STRING())),
                                    STRUCT,
                                    DataTypes.ARRAY(STRUCT),
                                    DataTypes.VARIANT())
                            .getLogicalType();

    private final Random random;

    RandomValues(long seed) {
        this.random = new Random(seed);
    }

    Object of(LogicalType type) {
        return type.isNullable() && random.nextInt(5) == 0 ? null : present(type);
    }

    private Object present(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> random.nextBoolean();
            case TINYINT -> (byte) number();
            case SMALLINT -> (short) number();
            case INTEGER, DATE -> (int) number();
            case BIGINT -> number();
            case FLOAT -> Float.intBitsToFloat((int) bits(Float.floatToRawIntBits(Float.NaN)));
            case DOUBLE -> Double.longBitsToDouble(bits(Double.doubleToRawLongBits(Double.NaN)));
            case VARCHAR, CHAR -> StringData.fromBytes(text().getBytes(UTF_8));
            case VARBINARY, BINARY -> text().getBytes(UTF_8);
            case DECIMAL -> decimal((DecimalType) type);
            case TIMESTAMP_WITHOUT_TIME_ZONE -> timestamp(((TimestampType) type).getPrecision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    timestamp(((LocalZonedTimestampType) type).getPrecision());
            case ARRAY -> array(((ArrayType) type).getElementType());
            case MAP -> map((MapType) type);
            case ROW -> row((RowType) type);
            case VARIANT -> variant();
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    GenericRowData row(RowType type) {
        GenericRowData row = new GenericRowData(type.getFieldCount());
        for (int i = 0; i < type.getFieldCount(); i++) {
            row.setField(i, of(type.getTypeAt(i)));
        }
        return row;
    }

    private GenericArrayData array(LogicalType elements) {
        Object[] values = new Object[random.nextInt(6) == 0 ? 70 : random.nextInt(4)];
        for (int i = 0; i < values.length; i++) {
            values[i] = of(elements);
        }
        return new GenericArrayData(values);
    }

    private GenericMapData map(MapType type) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            entries.put(present(type.getKeyType()), of(type.getValueType()));
        }
        return new GenericMapData(entries);
    }

    private Object variant() {
        try {
            return BinaryVariantInternalBuilder.parseJson(
                    random.nextBoolean() ? "1" : "{\"a\": \"" + "x".repeat(20) + "\"}", false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long number() {
        return switch (random.nextInt(5)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            case 2 -> 0;
            default -> random.nextLong();
        };
    }

    /** Another NaN than the usual one is among them. */
    private long bits(long nan) {
        return random.nextInt(4) == 0 ? nan + 1 : random.nextLong();
    }

    private String text() {
        return "aö€z".repeat(4).substring(0, random.nextInt(12));
    }

    private DecimalData decimal(DecimalType type) {
        BigInteger limit = BigInteger.TEN.pow(type.getPrecision());
        int bits = 1 + random.nextInt(limit.bitLength());
        BigInteger unscaled = new BigInteger(bits, random).mod(limit);
        return DecimalData.fromBigDecimal(
                new BigDecimal(
                        random.nextBoolean() ? unscaled : unscaled.negate(), type.getScale()),
                type.getPrecision(),
                type.getScale());
    }

    private TimestampData timestamp(int precision) {
        long millis = random.nextLong() / 1_000_000;
        int micros = precision > 3 ? random.nextInt(1000) : 0;
        return TimestampData.fromEpochMillis(millis, micros * 1000);
    }
}
