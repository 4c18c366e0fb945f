package io.millrace.bench;

import java.util.List;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Writes the Java code that touches rows of one type: a method for each row, array and map. */
final class TouchCode {

    static final String CLASS = "TouchedFields";
    static final long PRIME = 31;

    private final String helpers;
    private final StringBuilder methods = new StringBuilder();
    private int count;

    private TouchCode(String helpers) {
        this.helpers = helpers;
    }

    /**
     * A class named {@link #CLASS}.
     *
     * @param shape its interface: one method {@code long touch(RowData)}
     * @param helpers has the static methods for texts, decimals and timestamps
     */
    static String of(List<LogicalType> types, Class<?> shape, Class<?> helpers) {
        TouchCode code = new TouchCode(helpers.getCanonicalName());
        String row = code.ofRow(types);
        return """
               public final class %s implements %s {
                   public %s() {}
                   public long touch(%s row) { return %s(row); }
               %s}
               """
                .formatted(
                        CLASS,
                        shape.getCanonicalName(),
                        CLASS,
                        RowData.class.getName(),
                        row,
                        code.methods);
    }

    /** Adds a method and returns its name. */
    private String method(Class<?> argument, String body) {
        String name = "touch" + count++;
        methods.append(
                "    private static long %s(%s data) {\n        long sum = 1;\n%s        return sum;\n    }\n"
                        .formatted(name, argument.getName(), body));
        return name;
    }

    private String ofRow(List<LogicalType> types) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < types.size(); i++) {
            body.append(
                    "        sum = %dL * sum + %s;\n"
                            .formatted(PRIME, orNull("data", String.valueOf(i), types.get(i))));
        }
        return method(RowData.class, body.toString());
    }

    private String ofArray(LogicalType element) {
        return method(
                ArrayData.class,
                "        for (int i = 0; i < data.size(); i++) sum = %dL * sum + %s;\n"
                        .formatted(PRIME, orNull("data", "i", element)));
    }

    /** Does not depend on the order of the entries, which means nothing. */
    private String ofMap(MapType type) {
        return method(
                MapData.class,
                """
                        %s keys = data.keyArray();
                        %s values = data.valueArray();
                        for (int i = 0; i < keys.size(); i++)
                            sum += (%dL + %s) * (%dL + %s);
                """
                        .formatted(
                                ArrayData.class.getName(),
                                ArrayData.class.getName(),
                                PRIME,
                                value("keys", "i", type.getKeyType()),
                                PRIME,
                                orNull("values", "i", type.getValueType())));
    }

    private String orNull(String data, String at, LogicalType type) {
        return "(%s.isNullAt(%s) ? 0L : (long) %s)".formatted(data, at, value(data, at, type));
    }

    /** Rows and arrays name their getters alike. */
    private String value(String data, String at, LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> "(%s.getBoolean(%s) ? 1L : 2L)".formatted(data, at);
            case TINYINT -> "%s.getByte(%s)".formatted(data, at);
            case SMALLINT -> "%s.getShort(%s)".formatted(data, at);
            case INTEGER, DATE -> "%s.getInt(%s)".formatted(data, at);
            case BIGINT -> "%s.getLong(%s)".formatted(data, at);
            case FLOAT -> "Float.floatToIntBits(%s.getFloat(%s))".formatted(data, at);
            case DOUBLE -> "Double.doubleToLongBits(%s.getDouble(%s))".formatted(data, at);
            case CHAR, VARCHAR ->
                    "%s.text((%s) %s.getString(%s))"
                            .formatted(helpers, BinaryStringData.class.getName(), data, at);
            case BINARY, VARBINARY ->
                    "java.util.Arrays.hashCode(%s.getBinary(%s))".formatted(data, at);
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield "%s.unscaled(%s.getDecimal(%s, %d, %d))"
                        .formatted(helpers, data, at, decimal.getPrecision(), decimal.getScale());
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    "%s.nanos(%s.getTimestamp(%s, %d))"
                            .formatted(helpers, data, at, LogicalTypeChecks.getPrecision(type));
            case ARRAY ->
                    "%s(%s.getArray(%s))"
                            .formatted(ofArray(((ArrayType) type).getElementType()), data, at);
            case MAP -> "%s(%s.getMap(%s))".formatted(ofMap((MapType) type), data, at);
            case ROW -> {
                List<LogicalType> nested = ((RowType) type).getChildren();
                yield "%s(%s.getRow(%s, %d))".formatted(ofRow(nested), data, at, nested.size());
            }
            default ->
                    throw new IllegalArgumentException(
                            "columns of type " + type.asSummaryString() + " are not touched");
        };
    }
}
