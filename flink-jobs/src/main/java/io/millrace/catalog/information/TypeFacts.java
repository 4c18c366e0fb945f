package io.millrace.catalog.information;

import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** What the standard says of a type in columns of their own; null where it does not apply. */
final class TypeFacts {

    private static final int BITS_OF_A_BYTE = 8;

    private TypeFacts() {}

    static Integer characters(LogicalType type) {
        if (type instanceof CharType text) {
            return text.getLength();
        }
        return type instanceof VarCharType text && text.getLength() != VarCharType.MAX_LENGTH
                ? Integer.valueOf(text.getLength())
                : null;
    }

    /** In digits for decimals, in bits for others. */
    static Integer precision(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case DECIMAL -> ((DecimalType) type).getPrecision();
            case TINYINT -> BITS_OF_A_BYTE;
            case SMALLINT -> Short.SIZE;
            case INTEGER -> Integer.SIZE;
            case BIGINT -> Long.SIZE;
            case FLOAT -> 24;
            case DOUBLE -> 53;
            default -> null;
        };
    }

    static Integer scale(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case DECIMAL -> ((DecimalType) type).getScale();
            case TINYINT, SMALLINT, INTEGER, BIGINT -> 0;
            default -> null;
        };
    }

    /** Digits of a second's fraction. */
    static Integer fraction(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case DATE -> 0;
            case TIME_WITHOUT_TIME_ZONE,
                    TIMESTAMP_WITHOUT_TIME_ZONE,
                    TIMESTAMP_WITH_LOCAL_TIME_ZONE,
                    TIMESTAMP_WITH_TIME_ZONE ->
                    LogicalTypeChecks.getPrecision(type);
            default -> null;
        };
    }
}
