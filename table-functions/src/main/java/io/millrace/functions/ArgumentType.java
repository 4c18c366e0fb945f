package io.millrace.functions;

import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentTypeStrategy;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.DataTypeUtils;

/**
 * Which types an argument takes. A type that fits is kept with its nullability and handed over in
 * internal form; integers and floating point numbers are widened where one type is asked for; an
 * untyped NULL becomes a nullable value of the wanted type.
 */
public final class ArgumentType implements ArgumentTypeStrategy {

    public static final ArgumentType STRING =
            new ArgumentType(
                    "STRING", DataTypes.STRING(), in(LogicalTypeFamily.CHARACTER_STRING), false);
    public static final ArgumentType BIGINT =
            new ArgumentType(
                    "BIGINT", DataTypes.BIGINT(), in(LogicalTypeFamily.INTEGER_NUMERIC), true);
    public static final ArgumentType INT =
            new ArgumentType(
                    "INT",
                    DataTypes.INT(),
                    t -> t.is(LogicalTypeFamily.INTEGER_NUMERIC) && !t.is(LogicalTypeRoot.BIGINT),
                    true);
    public static final ArgumentType BOOLEAN =
            new ArgumentType("BOOLEAN", DataTypes.BOOLEAN(), is(LogicalTypeRoot.BOOLEAN), false);
    public static final ArgumentType DOUBLE =
            new ArgumentType("DOUBLE", DataTypes.DOUBLE(), in(LogicalTypeFamily.NUMERIC), true);

    /** Any type that {@link ValueOrder} can order, which is all but opaque ones. */
    public static final ArgumentType ANY =
            new ArgumentType("ANY", DataTypes.STRING(), ValueOrder::supports, false);

    public static final ArgumentType ARRAY =
            new ArgumentType(
                    "ARRAY", DataTypes.ARRAY(DataTypes.STRING()), is(LogicalTypeRoot.ARRAY), false);

    /** A map with texts as keys. */
    public static final ArgumentType TEXT_MAP =
            new ArgumentType(
                    "MAP<STRING, ..>",
                    DataTypes.MAP(DataTypes.STRING(), DataTypes.STRING()),
                    t -> t instanceof MapType m && STRING.fits.test(m.getKeyType()),
                    false);

    /** A row with integer fields bstart and bend, and, if it says so, a boolean end_exclusive. */
    public static final ArgumentType SPAN =
            new ArgumentType(
                    "ROW<bstart BIGINT, bend BIGINT, .., end_exclusive BOOLEAN>",
                    DataTypes.ROW(
                            DataTypes.FIELD("bstart", DataTypes.BIGINT()),
                            DataTypes.FIELD("bend", DataTypes.BIGINT())),
                    ArgumentType::isSpan,
                    false);

    private final String name;
    private final DataType wanted;
    private final Predicate<LogicalType> fits;
    private final boolean widen;
    private final boolean literal;

    private ArgumentType(String name, DataType wanted, Predicate<LogicalType> fits, boolean widen) {
        this(name, wanted, fits, widen, false);
    }

    private ArgumentType(
            String name,
            DataType wanted,
            Predicate<LogicalType> fits,
            boolean widen,
            boolean literal) {
        this.name = name;
        this.wanted = wanted;
        this.fits = fits;
        this.widen = widen;
        this.literal = literal;
    }

    /** The same type, but the argument must be a literal. */
    public ArgumentType literal() {
        return new ArgumentType("literal " + name, wanted, fits, widen, true);
    }

    @Override
    public Optional<DataType> inferArgumentType(
            CallContext call, int position, boolean throwOnFailure) {
        if (literal && !call.isArgumentLiteral(position)) {
            return call.fail(
                    throwOnFailure,
                    "Argument %d of %s must be a literal.",
                    position + 1,
                    call.getName());
        }
        DataType given = call.getArgumentDataTypes().get(position);
        LogicalType type = given.getLogicalType();
        if (type.is(LogicalTypeRoot.NULL)) {
            return Optional.of(DataTypeUtils.toInternalDataType(wanted.nullable()));
        }
        if (!fits.test(type)) {
            return call.fail(
                    throwOnFailure,
                    "Argument %d of %s must be %s, but is %s.",
                    position + 1,
                    call.getName(),
                    name,
                    type.asSummaryString());
        }
        DataType kept = widen ? (type.isNullable() ? wanted.nullable() : wanted.notNull()) : given;
        return Optional.of(DataTypeUtils.toInternalDataType(kept));
    }

    @Override
    public Signature.Argument getExpectedArgument(FunctionDefinition definition, int position) {
        return Signature.Argument.ofGroup(name);
    }

    private static Predicate<LogicalType> in(LogicalTypeFamily family) {
        return type -> type.is(family);
    }

    private static Predicate<LogicalType> is(LogicalTypeRoot root) {
        return type -> type.is(root);
    }

    private static boolean isSpan(LogicalType type) {
        if (!(type instanceof RowType row)) {
            return false;
        }
        int start = row.getFieldIndex("bstart");
        int end = row.getFieldIndex("bend");
        int exclusive = row.getFieldIndex("end_exclusive");
        return start >= 0
                && end >= 0
                && row.getTypeAt(start).is(LogicalTypeFamily.INTEGER_NUMERIC)
                && row.getTypeAt(end).is(LogicalTypeFamily.INTEGER_NUMERIC)
                && (exclusive < 0 || row.getTypeAt(exclusive).is(LogicalTypeRoot.BOOLEAN));
    }
}
