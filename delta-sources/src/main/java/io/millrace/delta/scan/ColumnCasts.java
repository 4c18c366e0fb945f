package io.millrace.delta.scan;

import static org.apache.flink.table.types.logical.LogicalTypeRoot.BIGINT;
import static org.apache.flink.table.types.logical.LogicalTypeRoot.BINARY;
import static org.apache.flink.table.types.logical.LogicalTypeRoot.BOOLEAN;
import static org.apache.flink.table.types.logical.LogicalTypeRoot.DATE;
import static org.apache.flink.table.types.logical.LogicalTypeRoot.DECIMAL;
import static org.apache.flink.table.types.logical.LogicalTypeRoot.DOUBLE;
import static org.apache.flink.table.types.logical.LogicalTypeRoot.FLOAT;
import static org.apache.flink.table.types.logical.LogicalTypeRoot.INTEGER;
import static org.apache.flink.table.types.logical.LogicalTypeRoot.SMALLINT;
import static org.apache.flink.table.types.logical.LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE;
import static org.apache.flink.table.types.logical.LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
import static org.apache.flink.table.types.logical.LogicalTypeRoot.TINYINT;
import static org.apache.flink.table.types.logical.LogicalTypeRoot.VARBINARY;
import static org.apache.flink.table.types.logical.LogicalTypeRoot.VARCHAR;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** Which casts of a column there are, and which of them keep every value. */
@Internal
public final class ColumnCasts {

    private static final Set<LogicalTypeRoot> NUMBERS =
            EnumSet.of(TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, DECIMAL);

    private static final Set<LogicalTypeRoot> TIMES =
            EnumSet.of(DATE, TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE);

    /** How many digits an integer type has at most. */
    private static final Map<LogicalTypeRoot, Integer> DIGITS =
            new EnumMap<>(Map.of(TINYINT, 3, SMALLINT, 5, INTEGER, 10, BIGINT, 19));

    private static final Map<LogicalTypeRoot, Set<LogicalTypeRoot>> WIDER =
            new EnumMap<>(
                    Map.of(
                            TINYINT, EnumSet.of(SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, VARCHAR),
                            SMALLINT, EnumSet.of(INTEGER, BIGINT, FLOAT, DOUBLE, VARCHAR),
                            INTEGER, EnumSet.of(BIGINT, DOUBLE, VARCHAR),
                            BIGINT, EnumSet.of(VARCHAR),
                            FLOAT, EnumSet.of(DOUBLE),
                            DECIMAL, EnumSet.of(VARCHAR),
                            BOOLEAN, EnumSet.of(VARCHAR),
                            DATE, EnumSet.of(TIMESTAMP_WITHOUT_TIME_ZONE, VARCHAR),
                            TIMESTAMP_WITHOUT_TIME_ZONE, EnumSet.of(VARCHAR),
                            VARCHAR, EnumSet.of(VARBINARY)));

    private ColumnCasts() {}

    /** Whether there is a cast at all; nested values are taken as they are. */
    public static boolean isPossible(LogicalType from, LogicalType to) {
        LogicalTypeRoot source = from.getTypeRoot();
        LogicalTypeRoot target = to.getTypeRoot();
        if (isSame(from, to)) {
            return true;
        } else if (source == VARCHAR) {
            return isAtomic(target);
        } else if (target == VARCHAR) {
            return isAtomic(source);
        }
        return (NUMBERS.contains(source) && NUMBERS.contains(target))
                || (TIMES.contains(source) && TIMES.contains(target));
    }

    /** Whether the cast keeps all values apart, and exactly what they say. */
    public static boolean isLossless(LogicalType from, LogicalType to) {
        LogicalTypeRoot source = from.getTypeRoot();
        LogicalTypeRoot target = to.getTypeRoot();
        if (isSame(from, to)) {
            return true;
        } else if (to instanceof DecimalType decimal) {
            int whole = decimal.getPrecision() - decimal.getScale();
            if (from instanceof DecimalType narrow) {
                return decimal.getScale() >= narrow.getScale()
                        && whole >= narrow.getPrecision() - narrow.getScale();
            }
            return DIGITS.containsKey(source) && whole >= DIGITS.get(source);
        }
        return WIDER.getOrDefault(source, Set.of()).contains(target);
    }

    /** Equal but for whether the value itself may be null. */
    static boolean isSame(LogicalType one, LogicalType other) {
        return one.copy(true).equals(other.copy(true));
    }

    private static boolean isAtomic(LogicalTypeRoot root) {
        return NUMBERS.contains(root)
                || TIMES.contains(root)
                || root == BOOLEAN
                || root == VARCHAR
                || root == BINARY
                || root == VARBINARY;
    }
}
