package io.millrace.functions;

import java.util.List;
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
 * internal form, also where an integer is narrower than the declared type; an untyped NULL, or an
 * optional argument that is left out, becomes a nullable value of the declared type.
 */
public final class ArgumentType implements ArgumentTypeStrategy {

    public static final ArgumentType STRING =
            new ArgumentType("STRING", DataTypes.STRING(), in(LogicalTypeFamily.CHARACTER_STRING));
    public static final ArgumentType BIGINT =
            new ArgumentType("BIGINT", DataTypes.BIGINT(), in(LogicalTypeFamily.INTEGER_NUMERIC));
    public static final ArgumentType INT =
            new ArgumentType(
                    "INT",
                    DataTypes.INT(),
                    t -> t.is(LogicalTypeFamily.INTEGER_NUMERIC) && !t.is(LogicalTypeRoot.BIGINT));
    public static final ArgumentType BOOLEAN =
            new ArgumentType("BOOLEAN", DataTypes.BOOLEAN(), is(LogicalTypeRoot.BOOLEAN));

    /** Any type that {@link ValueOrder} can order, which is all but opaque ones. */
    public static final ArgumentType ANY =
            new ArgumentType("ANY", DataTypes.STRING(), ValueOrder::supports);

    public static final ArgumentType ARRAY =
            new ArgumentType(
                    "ARRAY<T>", DataTypes.ARRAY(DataTypes.STRING()), is(LogicalTypeRoot.ARRAY));

    /** Any map; what its keys and values may be, the function's own rule says. */
    public static final ArgumentType MAP =
            new ArgumentType(
                    "MAP<K, V>",
                    DataTypes.MAP(DataTypes.STRING(), DataTypes.STRING()),
                    is(LogicalTypeRoot.MAP));

    /** A map with texts as keys. */
    public static final ArgumentType TEXT_MAP =
            new ArgumentType(
                    "MAP<STRING, V>",
                    DataTypes.MAP(DataTypes.STRING(), DataTypes.STRING()),
                    t -> t instanceof MapType m && STRING.fits.test(m.getKeyType()));

    /** A row with integer fields bstart and bend, and, if it says so, a boolean end_exclusive. */
    public static final ArgumentType SPAN =
            new ArgumentType(
                    "ROW<bstart BIGINT, bend BIGINT, .., end_exclusive BOOLEAN>",
                    DataTypes.ROW(
                            DataTypes.FIELD("bstart", DataTypes.BIGINT()),
                            DataTypes.FIELD("bend", DataTypes.BIGINT())),
                    ArgumentType::isSpan);

    /** Any row. */
    public static final ArgumentType ROW =
            new ArgumentType(
                    "ROW",
                    DataTypes.ROW(DataTypes.FIELD("f", DataTypes.STRING())),
                    is(LogicalTypeRoot.ROW));

    private static final List<ArgumentType> ALL =
            List.of(STRING, BIGINT, INT, BOOLEAN, ARRAY, MAP, TEXT_MAP, SPAN, ROW);

    private final String name;
    private final DataType declared;
    private final Predicate<LogicalType> fits;
    private final boolean literal;

    private ArgumentType(String name, DataType declared, Predicate<LogicalType> fits) {
        this(name, declared, fits, false);
    }

    private ArgumentType(
            String name, DataType declared, Predicate<LogicalType> fits, boolean literal) {
        this.name = name;
        this.declared = declared;
        this.fits = fits;
        this.literal = literal;
    }

    /** The type an argument is described with; a name that is not one of these stands for any. */
    static ArgumentType of(ArgumentDescription argument) {
        ArgumentType type =
                ALL.stream()
                        .filter(one -> one.name.equals(argument.type()))
                        .findFirst()
                        .orElse(ANY);
        return argument.literal()
                ? new ArgumentType("literal " + type.name, type.declared, type.fits, true)
                : type;
    }

    DataType declared() {
        return declared;
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public Optional<DataType> inferArgumentType(
            CallContext call, int position, boolean throwOnFailure) {
        if (literal && !call.isArgumentLiteral(position) && !call.isArgumentNull(position)) {
            return call.fail(
                    throwOnFailure,
                    "Argument %d of %s must be a literal.",
                    position + 1,
                    call.getName());
        }
        DataType given = call.getArgumentDataTypes().get(position);
        LogicalType type = given.getLogicalType();
        if (type.is(LogicalTypeRoot.NULL)) {
            return Optional.of(DataTypeUtils.toInternalDataType(declared.nullable()));
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
        return Optional.of(DataTypeUtils.toInternalDataType(given));
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
