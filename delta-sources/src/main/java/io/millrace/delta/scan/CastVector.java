package io.millrace.delta.scan;

import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/** The values of another vector, cast when they are taken over. */
final class CastVector extends AlignedVector {

    private final ValueOfVector values;
    private final ValueCast cast;
    private final boolean isFloating;
    private final boolean isObject;

    private boolean[] nulls = {};
    private long[] numbers = {};
    private double[] floating = {};
    private Object[] objects = {};

    CastVector(LogicalType from, LogicalType to) {
        this.values = ValueOfVector.of(from);
        this.cast = ValueCast.between(from, to);
        this.isFloating = to.is(LogicalTypeFamily.APPROXIMATE_NUMERIC);
        this.isObject =
                switch (to.getTypeRoot()) {
                    case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DATE, FLOAT, DOUBLE -> false;
                    default -> true;
                };
    }

    /** Takes the first {@code rows} values over. */
    CastVector of(ColumnVector vector, int rows) {
        makeRoom(rows);
        for (int row = 0; row < rows; row++) {
            Object value = vector.isNullAt(row) ? null : cast.apply(values.at(vector, row));
            nulls[row] = value == null;
            if (value == null) {
                continue;
            }
            if (isObject) {
                objects[row] = held(value);
            } else if (isFloating) {
                floating[row] = ((Number) value).doubleValue();
            } else {
                numbers[row] = numberOf(value);
            }
        }
        return this;
    }

    private void makeRoom(int rows) {
        if (nulls.length >= rows) {
            return;
        }
        nulls = new boolean[rows];
        if (isObject) {
            objects = new Object[rows];
        } else if (isFloating) {
            floating = new double[rows];
        } else {
            numbers = new long[rows];
        }
    }

    @Override
    public boolean isNullAt(int row) {
        return nulls[row];
    }

    @Override
    long number(int row) {
        return numbers[row];
    }

    @Override
    double floating(int row) {
        return floating[row];
    }

    @Override
    Object object(int row) {
        return objects[row];
    }
}
