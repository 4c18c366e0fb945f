package io.millrace.delta.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import static org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import static org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;

import io.millrace.delta.parquet.LeafKind.Storage;
import io.millrace.delta.parquet.LeafKind.Unit;
import java.util.Optional;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * How a stored type is read as a wanted one: the same, or one that the Delta protocol widens it to
 * ("Type Widening").
 */
final class LeafMatching {

    private static final int MAX_LONG_PRECISION = 18;

    private LeafMatching() {}

    /** Empty if the stored type cannot be read so. */
    static Optional<LeafKind> match(PrimitiveType stored, LogicalType wanted) {
        Storage storage = storage(stored);
        return switch (wanted.getTypeRoot()) {
            case BOOLEAN -> oneOf(storage, Storage.BOOLEAN);
            case TINYINT, SMALLINT, INTEGER, DATE -> oneOf(storage, Storage.INT32);
            case BIGINT -> oneOf(storage, Storage.INT64, Storage.INT32);
            case FLOAT -> oneOf(storage, Storage.FLOAT);
            case DOUBLE -> oneOf(storage, Storage.DOUBLE, Storage.FLOAT, Storage.INT32);
            case CHAR, VARCHAR, BINARY, VARBINARY -> bytes(stored, storage);
            case DECIMAL -> decimal(stored, storage, (DecimalType) wanted);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> timestamp(stored, storage, true);
            case TIMESTAMP_WITHOUT_TIME_ZONE -> timestamp(stored, storage, false);
            default -> Optional.empty();
        };
    }

    private static Storage storage(PrimitiveType stored) {
        return switch (stored.getPrimitiveTypeName()) {
            case BOOLEAN -> Storage.BOOLEAN;
            case INT32 -> Storage.INT32;
            case INT64 -> Storage.INT64;
            case INT96 -> Storage.INT96;
            case FLOAT -> Storage.FLOAT;
            case DOUBLE -> Storage.DOUBLE;
            case BINARY -> Storage.BINARY;
            case FIXED_LEN_BYTE_ARRAY -> Storage.FIXED;
        };
    }

    private static Optional<LeafKind> oneOf(Storage storage, Storage... readable) {
        for (Storage candidate : readable) {
            if (candidate == storage) {
                return Optional.of(LeafKind.of(storage));
            }
        }
        return Optional.empty();
    }

    private static Optional<LeafKind> bytes(PrimitiveType stored, Storage storage) {
        return switch (storage) {
            case BINARY -> Optional.of(LeafKind.of(storage));
            case FIXED -> Optional.of(LeafKind.fixed(stored.getTypeLength()));
            default -> Optional.empty();
        };
    }

    private static Optional<LeafKind> timestamp(
            PrimitiveType stored, Storage storage, boolean adjustedToUtc) {
        LogicalTypeAnnotation annotation = stored.getLogicalTypeAnnotation();
        if (storage == Storage.INT96) {
            return Optional.of(LeafKind.of(storage));
        } else if (storage == Storage.INT64
                && annotation instanceof TimestampLogicalTypeAnnotation timestamp
                && timestamp.isAdjustedToUTC() == adjustedToUtc) {
            return Optional.of(
                    LeafKind.timestamp(
                            switch (timestamp.getUnit()) {
                                case MICROS -> Unit.PLAIN;
                                case MILLIS -> Unit.MILLIS;
                                case NANOS -> Unit.NANOS;
                            }));
        } else if (storage == Storage.INT32
                && annotation instanceof DateLogicalTypeAnnotation
                && !adjustedToUtc) {
            return Optional.of(LeafKind.of(storage));
        }
        return Optional.empty();
    }

    private static Optional<LeafKind> decimal(
            PrimitiveType stored, Storage storage, DecimalType wanted) {
        boolean integer = storage == Storage.INT32 || storage == Storage.INT64;
        int scale;
        int precision;
        if (stored.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal) {
            scale = decimal.getScale();
            precision = decimal.getPrecision();
        } else if (integer) {
            scale = 0;
            precision = 0;
        } else {
            return Optional.empty();
        }
        if (scale > wanted.getScale()
                || precision - scale > wanted.getPrecision() - wanted.getScale()) {
            return Optional.empty();
        }
        if (integer) {
            return Optional.of(LeafKind.decimal(storage, 0, scale, false));
        } else if (storage == Storage.BINARY || storage == Storage.FIXED) {
            int length = storage == Storage.FIXED ? stored.getTypeLength() : 0;
            boolean unscaledLong = wanted.getPrecision() <= MAX_LONG_PRECISION;
            return Optional.of(LeafKind.decimal(storage, length, scale, unscaledLong));
        }
        return Optional.empty();
    }
}
