package io.millrace.functions;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;

/**
 * A total order over the internal values of a type, the same on every machine: strings and binaries
 * by unsigned bytes, numbers and times naturally, arrays and rows element by element with null
 * first, maps as their entries sorted by key. Takes nulls, which come first.
 */
public final class ValueOrder implements Comparator<Object>, Serializable {

    private static final long serialVersionUID = 1L;

    private final LogicalType type;
    private final Comparator<Object> notNull;

    private ValueOrder(LogicalType type) {
        this.type = type;
        this.notNull = comparator(type);
    }

    public static ValueOrder of(LogicalType type) {
        if (!supports(type)) {
            throw new IllegalArgumentException(
                    "values of type " + type.asSummaryString() + " have no order");
        }
        return new ValueOrder(type);
    }

    public static boolean supports(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case CHAR,
                    VARCHAR,
                    BOOLEAN,
                    BINARY,
                    VARBINARY,
                    DECIMAL,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    FLOAT,
                    DOUBLE,
                    DATE,
                    TIME_WITHOUT_TIME_ZONE,
                    TIMESTAMP_WITHOUT_TIME_ZONE,
                    TIMESTAMP_WITH_LOCAL_TIME_ZONE,
                    INTERVAL_YEAR_MONTH,
                    INTERVAL_DAY_TIME,
                    NULL ->
                    true;
            case ARRAY, MULTISET, MAP, ROW, STRUCTURED_TYPE ->
                    type.getChildren().stream().allMatch(ValueOrder::supports);
            default -> false;
        };
    }

    @Override
    public int compare(Object left, Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        }
        return notNull.compare(left, right);
    }

    @Override
    public String toString() {
        return "ValueOrder(" + type.asSummaryString() + ")";
    }

    private static Comparator<Object> comparator(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> by(ValueOrder::strings);
            case BINARY, VARBINARY -> by((a, b) -> Arrays.compareUnsigned((byte[]) a, (byte[]) b));
            case ARRAY -> arrays(((ArrayType) type).getElementType());
            case MAP -> maps(((MapType) type).getKeyType(), ((MapType) type).getValueType());
            case MULTISET -> maps(((MultisetType) type).getElementType(), new IntType());
            case ROW, STRUCTURED_TYPE -> rows(type);
            default -> by(ValueOrder::naturally);
        };
    }

    /** Not StringData's own order where both hold a Java string: that one is by UTF-16 units. */
    private static int strings(Object left, Object right) {
        BinaryStringData one = (BinaryStringData) left;
        BinaryStringData other = (BinaryStringData) right;
        return one.getJavaObject() == null || other.getJavaObject() == null
                ? one.compareTo(other)
                : Arrays.compareUnsigned(one.toBytes(), other.toBytes());
    }

    @SuppressWarnings("unchecked")
    private static int naturally(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }

    private static Comparator<Object> arrays(LogicalType elementType) {
        ValueOrder elements = of(elementType);
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(elementType);
        return by(
                (a, b) -> {
                    ArrayData left = (ArrayData) a;
                    ArrayData right = (ArrayData) b;
                    int common = Math.min(left.size(), right.size());
                    for (int i = 0; i < common; i++) {
                        int order =
                                elements.compare(
                                        getter.getElementOrNull(left, i),
                                        getter.getElementOrNull(right, i));
                        if (order != 0) {
                            return order;
                        }
                    }
                    return Integer.compare(left.size(), right.size());
                });
    }

    private static Comparator<Object> rows(LogicalType type) {
        int arity = type.getChildren().size();
        ValueOrder[] orders = new ValueOrder[arity];
        RowData.FieldGetter[] getters = new RowData.FieldGetter[arity];
        for (int i = 0; i < arity; i++) {
            orders[i] = of(type.getChildren().get(i));
            getters[i] = RowData.createFieldGetter(type.getChildren().get(i), i);
        }
        return by(
                (a, b) -> {
                    for (int i = 0; i < arity; i++) {
                        int order =
                                orders[i].compare(
                                        getters[i].getFieldOrNull((RowData) a),
                                        getters[i].getFieldOrNull((RowData) b));
                        if (order != 0) {
                            return order;
                        }
                    }
                    return 0;
                });
    }

    private static Comparator<Object> maps(LogicalType keyType, LogicalType valueType) {
        MapEntries entries = new MapEntries(keyType, valueType);
        return by(
                (a, b) -> {
                    Object[][] left = entries.sorted((MapData) a);
                    Object[][] right = entries.sorted((MapData) b);
                    int common = Math.min(left.length, right.length);
                    for (int i = 0; i < common; i++) {
                        int order = entries.compare(left[i], right[i]);
                        if (order != 0) {
                            return order;
                        }
                    }
                    return Integer.compare(left.length, right.length);
                });
    }

    private static Comparator<Object> by(SerializableOrder order) {
        return order;
    }

    /** Lambdas of this type can travel with the function. */
    private interface SerializableOrder extends Comparator<Object>, Serializable {}

    /** Whether a value of this type holds a map, whose entries have no order of their own. */
    static boolean holdsMap(LogicalType type) {
        return type.is(LogicalTypeRoot.MAP)
                || type.is(LogicalTypeRoot.MULTISET)
                || type.getChildren().stream().anyMatch(ValueOrder::holdsMap);
    }
}
