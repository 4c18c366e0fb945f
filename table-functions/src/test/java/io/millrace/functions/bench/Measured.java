package io.millrace.functions.bench;

import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.apache.flink.table.types.utils.DataTypeUtils;

/**
 * {@code measured('expression')}: the {@link Cost} of one evaluation of the code that the planner
 * makes of an expression over {@link #COLUMNS}: s and t plain texts of 40 bytes, u the same with
 * blanks and upper case, c a change type, i and j numbers, a and m an array and a map of 8 texts, r
 * and q spans.
 */
public final class Measured extends ScalarFunction implements SpecializedFunction {

    static final String COLUMNS =
            "s STRING, t STRING, u STRING, c STRING, i BIGINT, j BIGINT, a ARRAY<STRING>, "
                    + "m MAP<STRING, STRING>, r ROW<bstart BIGINT, bend BIGINT>, "
                    + "q ROW<bstart BIGINT, bend BIGINT>, n BIGINT NOT NULL, o BIGINT NOT NULL";

    private static final int ROWS = 1024;
    private static final int LOOPS = 300;
    private static final int ROUNDS = 6;
    private static final String[] CHANGES = {"insert", "delete", "update_postimage"};

    private final ExpressionEvaluator evaluator;
    private transient MethodHandle handle;

    public Measured() {
        this(null);
    }

    private Measured(ExpressionEvaluator evaluator) {
        this.evaluator = evaluator;
    }

    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        CallContext call = context.getCallContext();
        RowType columns = (RowType) type("ROW<" + COLUMNS + ">");
        return new Measured(
                context.createEvaluator(
                        "kept(" + call.getArgumentValue(0, String.class).orElseThrow() + ")",
                        DataTypes.BOOLEAN().notNull(),
                        columns.getFields().stream()
                                .map(f -> DataTypes.FIELD(f.getName(), internal(f.getType())))
                                .toArray(DataTypes.Field[]::new)));
    }

    private static LogicalType type(String sql) {
        return LogicalTypeParser.parse(sql, Measured.class.getClassLoader());
    }

    private static DataType internal(LogicalType type) {
        return DataTypeUtils.toInternalDataType(type);
    }

    @Override
    public void open(FunctionContext context) {
        MethodHandle own = evaluator.open(context);
        handle =
                own.asType(own.type().generic())
                        .asSpreader(Object[].class, own.type().parameterCount());
    }

    public RowData eval(StringData expression) {
        Object[][] rows = new Object[ROWS][];
        Random random = new Random(1);
        for (int i = 0; i < ROWS; i++) {
            rows[i] = row(random);
        }
        Object[] last = new Object[1];
        try {
            Cost cost =
                    Cost.best(
                            ROUNDS,
                            LOOPS * ROWS,
                            () -> {
                                for (int loop = 0; loop < LOOPS; loop++) {
                                    for (int i = 0; i < ROWS; i++) {
                                        last[0] = (Object) handle.invokeExact(rows[i]);
                                    }
                                }
                            });
            return GenericRowData.of(cost.nanos(), cost.bytes());
        } catch (Throwable e) {
            throw new IllegalStateException("cannot evaluate " + expression, e);
        }
    }

    private static Object[] row(Random random) {
        Object[] elements = new Object[8];
        Map<Object, Object> entries = new LinkedHashMap<>();
        for (int k = 0; k < elements.length; k++) {
            elements[k] = text(random, 12);
            entries.put(text(random, 16), elements[k]);
        }
        long start = random.nextInt(1_000_000);
        return new Object[] {
            text(random, 40),
            text(random, 40),
            StringData.fromString(" Src  Main" + text(random, 29) + " "),
            StringData.fromString(CHANGES[random.nextInt(CHANGES.length)]),
            start,
            start + random.nextInt(1000),
            new GenericArrayData(elements),
            new GenericMapData(entries),
            GenericRowData.of(start, start + 10),
            GenericRowData.of(start + 5, start + 20),
            start,
            start + 7
        };
    }

    private static BinaryStringData text(Random random, int length) {
        StringBuilder text = new StringBuilder("src/main/");
        while (text.length() < length) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return BinaryStringData.fromBytes(text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public boolean isDeterministic() {
        return false;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory factory) {
        DataType text = DataTypeUtils.toInternalDataType(DataTypes.STRING().notNull());
        DataType cost =
                DataTypes.ROW(
                        DataTypes.FIELD("nanos", DataTypes.DOUBLE()),
                        DataTypes.FIELD("bytes", DataTypes.DOUBLE()));
        return TypeInference.newBuilder()
                .inputTypeStrategy(InputTypeStrategies.sequence(InputTypeStrategies.explicit(text)))
                .outputTypeStrategy(TypeStrategies.explicit(DataTypeUtils.toInternalDataType(cost)))
                .build();
    }
}
