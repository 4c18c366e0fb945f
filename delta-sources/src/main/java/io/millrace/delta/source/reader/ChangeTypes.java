package io.millrace.delta.source.reader;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.columnar.vector.BytesColumnVector;
import org.apache.flink.table.data.columnar.vector.BytesColumnVector.Bytes;
import org.apache.flink.types.RowKind;

/** What the column {@code _change_type} of change files says. */
final class ChangeTypes {

    private static final byte[] INSERT = "insert".getBytes(UTF_8);
    private static final byte[] DELETE = "delete".getBytes(UTF_8);
    private static final byte[] BEFORE = "update_preimage".getBytes(UTF_8);
    private static final byte[] AFTER = "update_postimage".getBytes(UTF_8);
    private static final StringData COLUMN_INSERT = StringData.fromBytes(INSERT);
    private static final StringData COLUMN_DELETE = StringData.fromBytes(DELETE);
    private static final StringData COLUMN_BEFORE = StringData.fromBytes(BEFORE);
    private static final StringData COLUMN_AFTER = StringData.fromBytes(AFTER);

    private ChangeTypes() {}

    /** What the metadata column of that name has. */
    static StringData column(RowKind kind) {
        return switch (kind) {
            case INSERT -> COLUMN_INSERT;
            case UPDATE_BEFORE -> COLUMN_BEFORE;
            case UPDATE_AFTER -> COLUMN_AFTER;
            case DELETE -> COLUMN_DELETE;
        };
    }

    /** The kind of a row; empty where the column has no known change type. */
    static Optional<RowKind> kind(BytesColumnVector types, int row) {
        if (types.isNullAt(row)) {
            return Optional.empty();
        }
        Bytes type = types.getBytes(row);
        return switch (type.len) {
            case 6 ->
                    is(INSERT, type)
                            ? Optional.of(RowKind.INSERT)
                            : is(DELETE, type) ? Optional.of(RowKind.DELETE) : Optional.empty();
            case 15 -> is(BEFORE, type) ? Optional.of(RowKind.UPDATE_BEFORE) : Optional.empty();
            case 16 -> is(AFTER, type) ? Optional.of(RowKind.UPDATE_AFTER) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The column's text, for messages. */
    static String text(BytesColumnVector types, int row) {
        return types.isNullAt(row) ? "null" : new String(types.getBytes(row).getBytes(), UTF_8);
    }

    private static boolean is(byte[] name, Bytes type) {
        return Arrays.equals(name, 0, name.length, type.data, type.offset, type.offset + type.len);
    }
}
