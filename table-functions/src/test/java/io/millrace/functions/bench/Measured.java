package io.millrace.functions.bench;

import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Random;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;
import org.apache.flink.table.types.utils.DataTypeUtils;

/**
 * {@code measured('expression')}: CPU nanoseconds of one evaluation of the code that the planner
 * makes of an expression over columns s and t (texts of about 40 bytes), i and j (BIGINT), a (array
 * of 8 texts) and m (map of 8 texts); the best of some rounds.
 */
public final class Measured extends ScalarFunction implements SpecializedFunction {

    private static final int ROWS = 1024;
    private static final int LOOPS = 300;
    private static final int ROUNDS = 6;

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
        String expression =
                context.getCallContext().getArgumentValue(0, String.class).orElseThrow();
        return new Measured(
                context.createEvaluator(
                        "(" + expression + ") IS NULL",
                        DataTypes.BOOLEAN().notNull().bridgedTo(boolean.class),
                        DataTypes.FIELD("s", internal(DataTypes.STRING())),
                        DataTypes.FIELD("t", internal(DataTypes.STRING())),
                        DataTypes.FIELD("i", DataTypes.BIGINT()),
                        DataTypes.FIELD("j", DataTypes.BIGINT()),
                        DataTypes.FIELD("a", internal(DataTypes.ARRAY(DataTypes.STRING()))),
                        DataTypes.FIELD(
                                "m",
                                internal(DataTypes.MAP(DataTypes.STRING(), DataTypes.STRING())))));
    }

    private static DataType internal(DataType type) {
        return DataTypeUtils.toInternalDataType(type);
    }

    @Override
    public void open(FunctionContext context) {
        handle = evaluator.open(context);
    }

    public Double eval(StringData expression) {
        BinaryStringData[] texts = new BinaryStringData[ROWS];
        Long[] numbers = new Long[ROWS];
        ArrayData[] arrays = new ArrayData[ROWS];
        MapData[] maps = new MapData[ROWS];
        Random random = new Random(1);
        for (int i = 0; i < ROWS; i++) {
            texts[i] = text(random, 40);
            numbers[i] = (long) random.nextInt(1_000_000);
            Object[] elements = new Object[8];
            java.util.Map<Object, Object> entries = new java.util.LinkedHashMap<>();
            for (int k = 0; k < elements.length; k++) {
                elements[k] = text(random, 12);
                entries.put(text(random, 8), elements[k]);
            }
            arrays[i] = new GenericArrayData(elements);
            maps[i] = new GenericMapData(entries);
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double best = Double.MAX_VALUE;
        int nulls = 0;
        try {
            for (int round = 0; round < ROUNDS; round++) {
                long before = threads.getCurrentThreadCpuTime();
                for (int loop = 0; loop < LOOPS; loop++) {
                    for (int i = 0; i < ROWS; i++) {
                        int next = (i + 1) & (ROWS - 1);
                        boolean isNull =
                                (boolean)
                                        handle.invokeExact(
                                                texts[i],
                                                texts[next],
                                                numbers[i],
                                                numbers[next],
                                                arrays[i],
                                                maps[i]);
                        nulls += isNull ? 1 : 0;
                    }
                }
                double nanos = threads.getCurrentThreadCpuTime() - before;
                best = Math.min(best, nanos / LOOPS / ROWS);
            }
        } catch (Throwable e) {
            throw new IllegalStateException("cannot evaluate " + expression, e);
        }
        return nulls == -1 ? null : best;
    }

    private static BinaryStringData text(Random random, int length) {
        StringBuilder text = new StringBuilder("src/main/");
        while (text.length() < length) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return BinaryStringData.fromBytes(
                text.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Override
    public boolean isDeterministic() {
        return false;
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory factory) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(
                        InputTypeStrategies.sequence(
                                InputTypeStrategies.explicit(
                                        internal(DataTypes.STRING().notNull()))))
                .outputTypeStrategy(TypeStrategies.explicit(DataTypes.DOUBLE()))
                .build();
    }
}
