package io.millrace.delta.source.sql;

import java.util.List;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Casts that change no value, so that a comparison with the result is one with the column. */
final class LosslessCasts {

    private static final List<LogicalTypeRoot> INTEGERS =
            List.of(
                    LogicalTypeRoot.TINYINT,
                    LogicalTypeRoot.SMALLINT,
                    LogicalTypeRoot.INTEGER,
                    LogicalTypeRoot.BIGINT);

    /** Digits of the greatest value of each of {@link #INTEGERS}. */
    private static final int[] DIGITS = {3, 5, 10, 19};

    private LosslessCasts() {}

    static boolean isCast(FunctionDefinition function) {
        return function == BuiltInFunctionDefinitions.CAST
                || function == BuiltInFunctionDefinitions.TRY_CAST
                || function == BuiltInFunctionDefinitions.REINTERPRET_CAST;
    }

    static boolean keepsOrder(LogicalType from, LogicalType to) {
        if (from.copy(true).equals(to.copy(true))) {
            return true;
        }
        int integer = INTEGERS.indexOf(from.getTypeRoot());
        if (integer >= 0) {
            return to instanceof DecimalType decimal
                    ? decimal.getPrecision() - decimal.getScale() >= DIGITS[integer]
                    : INTEGERS.indexOf(to.getTypeRoot()) > integer;
        } else if (from instanceof DecimalType narrow && to instanceof DecimalType wide) {
            return wide.getScale() >= narrow.getScale()
                    && wide.getPrecision() - wide.getScale()
                            >= narrow.getPrecision() - narrow.getScale();
        } else if (from.getTypeRoot() != to.getTypeRoot()) {
            return from.is(LogicalTypeRoot.FLOAT) && to.is(LogicalTypeRoot.DOUBLE);
        }
        return switch (from.getTypeRoot()) {
            case VARCHAR -> LogicalTypeChecks.getLength(to) >= LogicalTypeChecks.getLength(from);
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    LogicalTypeChecks.getPrecision(to) >= LogicalTypeChecks.getPrecision(from);
            default -> false;
        };
    }
}
