package io.millrace.delta.parquet;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.vector.BooleanVector;
import io.millrace.delta.parquet.vector.BytesVector;
import io.millrace.delta.parquet.vector.DecodedVector;
import io.millrace.delta.parquet.vector.DoubleVector;
import io.millrace.delta.parquet.vector.FloatVector;
import io.millrace.delta.parquet.vector.IntVector;
import io.millrace.delta.parquet.vector.LongVector;

/**
 * How the values of a leaf column are stored, and as what they are decoded.
 *
 * @param storage how they stand in the file
 * @param fixedLength bytes of each value in {@link Storage#FIXED}
 * @param decimalScale of the stored decimals; 0 for other types
 * @param unit of stored 64-bit timestamps
 * @param unscaledLong whether binary decimals are decoded to longs
 */
record LeafKind(
        Storage storage, int fixedLength, int decimalScale, Unit unit, boolean unscaledLong) {

    /** Physical types of Parquet. */
    enum Storage {
        /** Only the column's levels are of interest. */
        NOTHING,
        BOOLEAN,
        INT32,
        INT64,
        INT96,
        FLOAT,
        DOUBLE,
        BINARY,
        FIXED
    }

    /** What 64-bit values count; vectors hold microseconds. */
    enum Unit {
        PLAIN,
        MILLIS,
        NANOS
    }

    LeafKind {
        requireNonNull(storage, "storage is null");
        requireNonNull(unit, "unit is null");
    }

    static LeafKind levelsOnly() {
        return of(Storage.NOTHING);
    }

    static LeafKind of(Storage storage) {
        return new LeafKind(storage, 0, 0, Unit.PLAIN, false);
    }

    static LeafKind fixed(int length) {
        return new LeafKind(Storage.FIXED, length, 0, Unit.PLAIN, false);
    }

    static LeafKind timestamp(Unit unit) {
        return new LeafKind(Storage.INT64, 0, 0, unit, false);
    }

    static LeafKind decimal(Storage storage, int fixedLength, int scale, boolean unscaledLong) {
        return new LeafKind(storage, fixedLength, scale, Unit.PLAIN, unscaledLong);
    }

    boolean isBytes() {
        return storage == Storage.BINARY || storage == Storage.FIXED;
    }

    DecodedVector newVector(int capacity) {
        return switch (storage) {
            case NOTHING, BOOLEAN -> new BooleanVector(capacity);
            case INT32 -> new IntVector(capacity, decimalScale);
            case INT64, INT96 -> new LongVector(capacity, decimalScale);
            case FLOAT -> new FloatVector(capacity);
            case DOUBLE -> new DoubleVector(capacity);
            case BINARY, FIXED ->
                    unscaledLong
                            ? new LongVector(capacity, decimalScale)
                            : new BytesVector(capacity, decimalScale);
        };
    }
}
