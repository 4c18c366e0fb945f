package io.millrace.delta.scan;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/** A vector with a value in the place of null. */
final class FilledVector extends AlignedVector {

    private static final long MICROS_PER_MILLI = 1000;

    private final ValueOfVector values;
    private final long number;
    private final double floating;
    private final Object object;

    private ColumnVector vector;

    private FilledVector(ValueOfVector values, long number, double floating, Object object) {
        this.values = requireNonNull(values, "values is null");
        this.number = number;
        this.floating = floating;
        this.object = requireNonNull(object, "object is null");
        this.vector = Nulls.INSTANCE;
    }

    /** A vector that has nothing but the value. */
    static FilledVector with(LogicalType type, Literal literal) {
        Object value = literal.value();
        ValueOfVector values = ValueOfVector.of(type);
        return switch (type.getTypeRoot()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DATE ->
                    new FilledVector(values, numberOf(value), 0, value);
            case FLOAT, DOUBLE ->
                    new FilledVector(values, 0, ((Number) value).doubleValue(), value);
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield new FilledVector(
                        values,
                        0,
                        0,
                        DecimalData.fromBigDecimal(
                                (BigDecimal) value, decimal.getPrecision(), decimal.getScale()));
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    new FilledVector(values, 0, 0, timestamp((long) value));
            default -> new FilledVector(values, 0, 0, held(value));
        };
    }

    private static TimestampData timestamp(long micros) {
        return TimestampData.fromEpochMillis(
                Math.floorDiv(micros, MICROS_PER_MILLI),
                (int) Math.floorMod(micros, MICROS_PER_MILLI) * 1000);
    }

    /** From now on stands for this vector of the same type. */
    FilledVector over(ColumnVector other) {
        vector = other;
        return this;
    }

    @Override
    public boolean isNullAt(int row) {
        return false;
    }

    @Override
    long number(int row) {
        return vector.isNullAt(row) ? number : numberOf(values.at(vector, row));
    }

    @Override
    double floating(int row) {
        return vector.isNullAt(row) ? floating : ((Number) values.at(vector, row)).doubleValue();
    }

    @Override
    Object object(int row) {
        return vector.isNullAt(row) ? object : held(values.at(vector, row));
    }

    private enum Nulls implements ColumnVector {
        INSTANCE;

        @Override
        public boolean isNullAt(int row) {
            return true;
        }
    }
}
