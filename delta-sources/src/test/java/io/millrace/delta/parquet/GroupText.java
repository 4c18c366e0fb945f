package io.millrace.delta.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.table.data.TimestampData;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** Rows of parquet-mr as {@link Values} writes the same rows. */
final class GroupText {

    private GroupText() {}

    static String text(Group row) {
        GroupType type = row.getType();
        return IntStream.range(0, type.getFieldCount())
                .mapToObj(i -> field(row, i))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String field(Group group, int index) {
        return group.getFieldRepetitionCount(index) == 0
                ? "null"
                : value(group, index, 0, group.getType().getType(index));
    }

    private static String value(Group group, int index, int which, Type type) {
        if (type.isPrimitive()) {
            return primitive(group, index, which, type.asPrimitiveType());
        }
        Group value = group.getGroup(index, which);
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        if (annotation instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
            return IntStream.range(0, value.getFieldRepetitionCount(0))
                    .mapToObj(i -> field(value.getGroup(0, i), 0))
                    .collect(Collectors.joining(", ", "[", "]"));
        } else if (annotation instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation) {
            Map<String, String> entries = new LinkedHashMap<>();
            for (int i = 0; i < value.getFieldRepetitionCount(0); i++) {
                Group entry = value.getGroup(0, i);
                entries.put(field(entry, 0), field(entry, 1));
            }
            return entries.entrySet().stream()
                    .map(Object::toString)
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return text(value);
    }

    private static String primitive(Group group, int index, int which, PrimitiveType type) {
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> String.valueOf(group.getBoolean(index, which));
            case INT32 -> String.valueOf(group.getInteger(index, which));
            case INT64 -> {
                long number = group.getLong(index, which);
                yield annotation == null ? String.valueOf(number) : micros(number);
            }
            case FLOAT -> String.valueOf(group.getFloat(index, which));
            case DOUBLE -> String.valueOf(group.getDouble(index, which));
            case INT96 -> {
                ByteBuffer bytes =
                        ByteBuffer.wrap(group.getInt96(index, which).getBytes())
                                .order(ByteOrder.LITTLE_ENDIAN);
                long nanos = bytes.getLong();
                yield micros((bytes.getInt() - 2_440_588L) * 86_400_000_000L + nanos / 1000);
            }
            case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(group.getBinary(index, which), annotation);
        };
    }

    private static String bytes(Binary value, LogicalTypeAnnotation annotation) {
        if (annotation instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation) {
            return value.toStringUsingUTF8();
        } else if (annotation
                instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation decimal) {
            return new BigDecimal(new BigInteger(value.getBytes()), decimal.getScale())
                    .toPlainString();
        }
        return "x" + Arrays.toString(value.getBytes());
    }

    private static String micros(long micros) {
        return TimestampData.fromEpochMillis(
                        Math.floorDiv(micros, 1000L), (int) Math.floorMod(micros, 1000L) * 1000)
                .toString();
    }
}
