package io.millrace.delta.write;

import java.time.LocalDate;
import java.util.Arrays;
import org.apache.flink.table.types.logical.LogicalType;

/** Values of rows as text, for messages. */
final class Rows {

    private static final int MAX_LENGTH = 80;

    private Rows() {}

    static String text(LogicalType type, Object value) {
        if (value == null) {
            return "null";
        }
        String text =
                switch (type.getTypeRoot()) {
                    case DATE -> LocalDate.ofEpochDay((int) value).toString();
                    case BINARY, VARBINARY -> Arrays.toString((byte[]) value);
                    case ARRAY, MAP, MULTISET, ROW -> "…";
                    default -> value.toString();
                };
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }
}
