package io.millrace.delta.write;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

/** Random types and values of them, from a seed. */
final class RandomData {

    private static final int DEPTH = 3;
    private static final double[] DOUBLES = {
        0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE
    };
    private static final String[] TEXTS = {
        "", "a", "\uD83D\uDE00", "tür", "\uFFFF", "1234567", "12345678", "\u0000"
    };

    private final Random random;

    RandomData(long seed) {
        this.random = new Random(seed);
    }

    RowType rowType() {
        int columns = 1 + random.nextInt(8);
        return rowType(columns, 0).copy(false) instanceof RowType row ? row : null;
    }

    private RowType rowType(int fields, int depth) {
        List<RowType.RowField> types = new ArrayList<>();
        for (int i = 0; i < fields; i++) {
            types.add(new RowType.RowField("c" + i, type(depth)));
        }
        return new RowType(types);
    }

    private LogicalType type(int depth) {
        boolean nullable = random.nextInt(4) > 0;
        LogicalType type =
                switch (random.nextInt(depth < DEPTH ? 18 : 14)) {
                    case 0 -> new BooleanType();
                    case 1 -> new TinyIntType();
                    case 2 -> new SmallIntType();
                    case 3 -> new IntType();
                    case 4 -> new BigIntType();
                    case 5 -> new FloatType();
                    case 6 -> new DoubleType();
                    case 7 -> new VarCharType(VarCharType.MAX_LENGTH);
                    case 8 -> new VarBinaryType(VarBinaryType.MAX_LENGTH);
                    case 9 -> new DateType();
                    case 10 -> new TimestampType(random.nextInt(7));
                    case 11 -> new LocalZonedTimestampType(6);
                    case 12, 13 -> {
                        int precision = 1 + random.nextInt(38);
                        yield new DecimalType(precision, random.nextInt(precision + 1));
                    }
                    case 14, 15 -> new ArrayType(type(depth + 1));
                    case 16 ->
                            new MapType(
                                    new VarCharType(false, VarCharType.MAX_LENGTH),
                                    type(depth + 1));
                    default -> rowType(1 + random.nextInt(3), depth + 1);
                };
        return type.copy(nullable);
    }

    GenericRowData row(RowType type) {
        GenericRowData row = new GenericRowData(type.getFieldCount());
        for (int i = 0; i < type.getFieldCount(); i++) {
            row.setField(i, value(type.getTypeAt(i)));
        }
        return row;
    }

    private Object value(LogicalType type) {
        if (type.isNullable() && random.nextInt(5) == 0) {
            return null;
        }
        boolean few = random.nextBoolean();
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> random.nextBoolean();
            case TINYINT -> (byte) random.nextInt();
            case SMALLINT -> (short) random.nextInt();
            case INTEGER, DATE -> few ? random.nextInt(5) : random.nextInt();
            case BIGINT -> few ? random.nextInt(5) : random.nextLong();
            case FLOAT ->
                    few ? (float) DOUBLES[random.nextInt(DOUBLES.length)] : random.nextFloat();
            case DOUBLE -> few ? DOUBLES[random.nextInt(DOUBLES.length)] : random.nextGaussian();
            case VARCHAR -> StringData.fromString(text(few));
            case VARBINARY -> bytes(few ? random.nextInt(9) : random.nextInt(40));
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    timestamp(((TimestampType) type).getPrecision(), few);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> timestamp(6, few);
            case DECIMAL -> decimal((DecimalType) type, few);
            case ARRAY -> {
                Object[] elements = new Object[size()];
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = value(type.getChildren().get(0));
                }
                yield new GenericArrayData(elements);
            }
            case MAP -> {
                Map<Object, Object> map = new HashMap<>();
                for (int i = size(); i > 0; i--) {
                    map.put(
                            StringData.fromString("k" + i + text(true)),
                            value(type.getChildren().get(1)));
                }
                yield new GenericMapData(map);
            }
            default -> row((RowType) type);
        };
    }

    private int size() {
        return random.nextInt(3) == 0 ? 0 : random.nextInt(6);
    }

    private String text(boolean few) {
        return few
                ? TEXTS[random.nextInt(TEXTS.length)]
                : TEXTS[random.nextInt(TEXTS.length)].repeat(1 + random.nextInt(50))
                        + random.nextInt();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private TimestampData timestamp(int precision, boolean few) {
        long bound = few ? 1000 : 4_000_000_000_000L;
        long millis = random.nextLong() % bound;
        if (precision <= 3) {
            return TimestampData.fromEpochMillis(millis);
        }
        return TimestampData.fromEpochMillis(millis, random.nextInt(1000) * 1000);
    }

    private DecimalData decimal(DecimalType type, boolean few) {
        BigInteger limit = BigInteger.TEN.pow(type.getPrecision());
        BigInteger unscaled =
                (few ? BigInteger.valueOf(random.nextInt(10)) : new BigInteger(130, random))
                        .mod(limit);
        return DecimalData.fromBigDecimal(
                new BigDecimal(
                        random.nextBoolean() ? unscaled : unscaled.negate(), type.getScale()),
                type.getPrecision(),
                type.getScale());
    }
}
