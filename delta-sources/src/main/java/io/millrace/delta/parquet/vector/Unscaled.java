package io.millrace.delta.parquet.vector;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.DecimalData;

/** Decimals from their unscaled values, which may have a smaller scale than is wanted. */
@Internal
public final class Unscaled {

    private static final int MAX_LONG_PRECISION = 18;

    private static final long[] POWERS = powers();

    private Unscaled() {}

    static DecimalData decimal(long unscaled, int fromScale, int precision, int scale) {
        return precision <= MAX_LONG_PRECISION
                ? DecimalData.fromUnscaledLong(
                        atScale(unscaled, fromScale, scale), precision, scale)
                : checked(BigDecimal.valueOf(unscaled, fromScale), precision, scale);
    }

    static DecimalData decimal(
            byte[] data, int start, int length, int fromScale, int precision, int scale) {
        return checked(
                new BigDecimal(new BigInteger(data, start, length), fromScale), precision, scale);
    }

    /** The unscaled value at a scale that is not smaller. */
    public static long atScale(long unscaled, int fromScale, int scale) {
        return fromScale == scale
                ? unscaled
                : Math.multiplyExact(unscaled, POWERS[scale - fromScale]);
    }

    private static DecimalData checked(BigDecimal value, int precision, int scale) {
        DecimalData decimal = DecimalData.fromBigDecimal(value, precision, scale);
        if (decimal == null) {
            throw new ArithmeticException(
                    value + " does not fit DECIMAL(" + precision + ", " + scale + ")");
        }
        return decimal;
    }

    private static long[] powers() {
        long[] powers = new long[MAX_LONG_PRECISION + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
