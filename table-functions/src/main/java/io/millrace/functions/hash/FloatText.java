package io.millrace.functions.hash;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/**
 * The shortest decimal that reads back as the same floating point number, without exponent and
 * without a fraction of zero. Zero is {@code 0} whatever its sign. Does not rest on {@code
 * Double.toString}, whose digits are not always the shortest and differ between Java releases.
 */
final class FloatText {

    private FloatText() {}

    static String of(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return shortest(
                new BigDecimal(value),
                new BigDecimal(Double.toString(value)),
                d -> d.doubleValue() == value);
    }

    static String of(float value) {
        if (Float.isNaN(value) || Float.isInfinite(value)) {
            return Float.toString(value);
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e6f) {
            return Long.toString((long) value);
        }
        return shortest(
                new BigDecimal(value),
                new BigDecimal(Float.toString(value)),
                d -> d.floatValue() == value);
    }

    private static String shortest(
            BigDecimal exact, BigDecimal readsBack, Predicate<BigDecimal> same) {
        BigDecimal best = readsBack;
        for (int digits = readsBack.precision(); digits > 0; digits--) {
            BigDecimal shorter = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (!same.test(shorter)) {
                break;
            }
            best = shorter;
        }
        BigDecimal stripped = best.stripTrailingZeros();
        return stripped.toPlainString();
    }
}
