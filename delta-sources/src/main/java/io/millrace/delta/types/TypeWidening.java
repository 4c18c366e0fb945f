package io.millrace.delta.types;

import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.TimestampNTZType;
import java.util.Map;

/** Which types hold every value of another one (Delta protocol, "Type Widening"). */
public final class TypeWidening {

    /** Decimal digits that each whole number type needs. */
    private static final Map<DataType, Integer> DIGITS =
            Map.of(
                    ByteType.BYTE, 10,
                    ShortType.SHORT, 10,
                    IntegerType.INTEGER, 10,
                    LongType.LONG, 20);

    private TypeWidening() {}

    /** Whether a column of type {@code from} may become one of type {@code to}; not for nested. */
    public static boolean widens(DataType from, DataType to) {
        if (to instanceof DecimalType decimal) {
            return widensToDecimal(from, decimal);
        } else if (from instanceof FloatType) {
            return to instanceof DoubleType;
        } else if (from instanceof DateType) {
            return to instanceof TimestampNTZType;
        } else if (to instanceof DoubleType) {
            return from instanceof ByteType
                    || from instanceof ShortType
                    || from instanceof IntegerType;
        }
        return rank(from) > 0 && rank(from) < rank(to);
    }

    private static boolean widensToDecimal(DataType from, DecimalType to) {
        int places = to.getPrecision() - to.getScale();
        if (from instanceof DecimalType decimal) {
            return to.getScale() >= decimal.getScale()
                    && places >= decimal.getPrecision() - decimal.getScale();
        }
        Integer digits = DIGITS.get(from);
        return digits != null && places >= digits;
    }

    private static int rank(DataType type) {
        if (type instanceof ByteType) {
            return 1;
        } else if (type instanceof ShortType) {
            return 2;
        } else if (type instanceof IntegerType) {
            return 3;
        }
        return type instanceof LongType ? 4 : 0;
    }
}
