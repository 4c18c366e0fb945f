package io.millrace.delta.parquet;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.Literal;
import io.millrace.delta.scan.Predicate.Operator;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.filter2.predicate.Operators.BinaryColumn;
import org.apache.parquet.filter2.predicate.Operators.Column;
import org.apache.parquet.filter2.predicate.Operators.SupportsEqNotEq;
import org.apache.parquet.filter2.predicate.Operators.SupportsLtGt;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * A leaf column of a file in a filter.
 *
 * @param column that is read, and not repeated
 */
record FilterLeaf(ColumnDescriptor column) {

    private static final long MICROS_PER_MILLI = 1000;

    FilterLeaf {
        requireNonNull(column, "column is null");
    }

    private PrimitiveType type() {
        return column.getPrimitiveType();
    }

    private String path() {
        return String.join(".", column.getPath());
    }

    /** The column compared with a constant; empty where parquet-mr would not do it as SQL does. */
    Optional<FilterPredicate> compare(Operator operator, Literal literal) {
        try {
            return switch (type().getPrimitiveTypeName()) {
                case INT32 ->
                        integral(literal)
                                .map(Math::toIntExact)
                                .map(
                                        value ->
                                                ordered(
                                                        FilterApi.intColumn(path()),
                                                        operator,
                                                        value));
                case INT64 ->
                        integral(literal)
                                .map(
                                        value ->
                                                ordered(
                                                        FilterApi.longColumn(path()),
                                                        operator,
                                                        value));
                case FLOAT, DOUBLE ->
                        literal.value() instanceof Double || literal.value() instanceof Float
                                ? floating(operator, ((Number) literal.value()).doubleValue())
                                : Optional.empty();
                case BINARY ->
                        text(literal)
                                .map(
                                        value ->
                                                ordered(
                                                        binary(),
                                                        operator,
                                                        Binary.fromString(value)));
                case FIXED_LEN_BYTE_ARRAY ->
                        unscaled(literal).map(value -> ordered(binary(), operator, value));
                case BOOLEAN ->
                        operator == Operator.EQUAL && literal.value() instanceof Boolean value
                                ? Optional.of(FilterApi.eq(FilterApi.booleanColumn(path()), value))
                                : Optional.empty();
                case INT96 -> Optional.empty();
            };
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    Optional<FilterPredicate> startsWith(String prefix) {
        byte[] first = prefix.getBytes(StandardCharsets.UTF_8);
        if (first.length == 0
                || !(type().getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation)) {
            return Optional.empty();
        }
        // The bytes of UTF-8 stay below 0xFF.
        byte[] behind = first.clone();
        behind[behind.length - 1]++;
        return Optional.of(
                FilterApi.and(
                        FilterApi.gtEq(binary(), Binary.fromConstantByteArray(first)),
                        FilterApi.lt(binary(), Binary.fromConstantByteArray(behind))));
    }

    Optional<FilterPredicate> isNull(boolean expected) {
        return switch (type().getPrimitiveTypeName()) {
            case INT32 -> Optional.of(isNull(FilterApi.intColumn(path()), expected));
            case INT64 -> Optional.of(isNull(FilterApi.longColumn(path()), expected));
            case FLOAT -> Optional.of(isNull(FilterApi.floatColumn(path()), expected));
            case DOUBLE -> Optional.of(isNull(FilterApi.doubleColumn(path()), expected));
            case BINARY, FIXED_LEN_BYTE_ARRAY -> Optional.of(isNull(binary(), expected));
            case BOOLEAN -> Optional.of(isNull(FilterApi.booleanColumn(path()), expected));
            case INT96 -> Optional.empty();
        };
    }

    private BinaryColumn binary() {
        return FilterApi.binaryColumn(path());
    }

    private static <T extends Comparable<T>, C extends Column<T> & SupportsEqNotEq>
            FilterPredicate isNull(C column, boolean expected) {
        return expected ? FilterApi.eq(column, null) : FilterApi.notEq(column, null);
    }

    private static <T extends Comparable<T>, C extends Column<T> & SupportsLtGt>
            FilterPredicate ordered(C column, Operator operator, T value) {
        return switch (operator) {
            case EQUAL -> FilterApi.eq(column, value);
            case NOT_EQUAL -> FilterApi.notEq(column, value);
            case LESS -> FilterApi.lt(column, value);
            case LESS_OR_EQUAL -> FilterApi.ltEq(column, value);
            case GREATER -> FilterApi.gt(column, value);
            case GREATER_OR_EQUAL -> FilterApi.gtEq(column, value);
        };
    }

    /**
     * parquet-mr tells negative from positive zero, SQL does not; what NaN is not equal to, only
     * SQL knows.
     */
    private Optional<FilterPredicate> floating(Operator operator, double value) {
        boolean zero = value == 0;
        return switch (operator) {
            case NOT_EQUAL -> Optional.empty();
            case EQUAL -> zero ? Optional.empty() : floatingAs(Operator.EQUAL, value);
            case LESS, LESS_OR_EQUAL -> floatingAs(Operator.LESS_OR_EQUAL, zero ? 0.0 : value);
            case GREATER, GREATER_OR_EQUAL ->
                    floatingAs(Operator.GREATER_OR_EQUAL, zero ? -0.0 : value);
        };
    }

    private Optional<FilterPredicate> floatingAs(Operator operator, double value) {
        if (type().getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.DOUBLE) {
            return Optional.of(ordered(FilterApi.doubleColumn(path()), operator, value));
        }
        float narrow = (float) value;
        return narrow == value
                ? Optional.of(ordered(FilterApi.floatColumn(path()), operator, narrow))
                : Optional.empty();
    }

    private Optional<String> text(Literal literal) {
        LogicalTypeAnnotation annotation = type().getLogicalTypeAnnotation();
        return annotation instanceof StringLogicalTypeAnnotation
                        && literal.value() instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    /** The constant as the file writes it in an integer. */
    private Optional<Long> integral(Literal literal) {
        LogicalTypeAnnotation annotation = type().getLogicalTypeAnnotation();
        LogicalTypeRoot root = literal.type().getTypeRoot();
        return switch (root) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> number(annotation, literal);
            case DATE ->
                    annotation instanceof DateLogicalTypeAnnotation
                            ? Optional.of(((Number) literal.value()).longValue())
                            : Optional.empty();
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    annotation instanceof TimestampLogicalTypeAnnotation timestamp
                                    && timestamp.isAdjustedToUTC()
                                            == (root
                                                    == LogicalTypeRoot
                                                            .TIMESTAMP_WITH_LOCAL_TIME_ZONE)
                            ? time(timestamp.getUnit(), (Long) literal.value())
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Long> number(LogicalTypeAnnotation annotation, Literal literal) {
        BigDecimal value = decimal(literal);
        if (annotation instanceof DecimalLogicalTypeAnnotation decimal) {
            return Optional.of(value.setScale(decimal.getScale()).unscaledValue().longValueExact());
        }
        boolean plain =
                annotation == null
                        || (annotation instanceof IntLogicalTypeAnnotation integer
                                && integer.isSigned());
        return plain ? Optional.of(value.longValueExact()) : Optional.empty();
    }

    private static Optional<Long> time(TimeUnit unit, long micros) {
        return switch (unit) {
            case MICROS -> Optional.of(micros);
            case MILLIS ->
                    micros % MICROS_PER_MILLI == 0
                            ? Optional.of(micros / MICROS_PER_MILLI)
                            : Optional.empty();
            // A reader cuts nanoseconds off.
            case NANOS -> Optional.empty();
        };
    }

    private static BigDecimal decimal(Literal literal) {
        return literal.value() instanceof BigDecimal decimal
                ? decimal
                : BigDecimal.valueOf(((Number) literal.value()).longValue());
    }

    /** A decimal in all the bytes of the column, as dictionaries and bloom filters have it. */
    private Optional<Binary> unscaled(Literal literal) {
        boolean number =
                literal.value() instanceof BigDecimal
                        || literal.type().is(LogicalTypeFamily.INTEGER_NUMERIC);
        if (!number
                || !(type().getLogicalTypeAnnotation()
                        instanceof DecimalLogicalTypeAnnotation decimal)) {
            return Optional.empty();
        }
        byte[] digits = decimal(literal).setScale(decimal.getScale()).unscaledValue().toByteArray();
        int length = type().getTypeLength();
        if (digits.length > length) {
            return Optional.empty();
        }
        byte[] padded = new byte[length];
        Arrays.fill(padded, (byte) (digits[0] < 0 ? -1 : 0));
        System.arraycopy(digits, 0, padded, length - digits.length, digits.length);
        return Optional.of(Binary.fromConstantByteArray(padded));
    }
}
