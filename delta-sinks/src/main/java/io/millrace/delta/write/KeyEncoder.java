package io.millrace.delta.write;

import io.millrace.delta.write.page.Timestamps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Turns the primary key of a row into 128 bits.
 *
 * <p>One or two columns of fixed width (numbers, booleans, dates, timestamps, decimals of up to 18
 * digits) are the 128 bits themselves, so different keys never meet. Other keys are hashed
 * (MurmurHash3, 128 bits) and two keys with the same hash are taken for the same key: among a
 * billion keys the chance that any two meet is about 1.5e-21. Where two such keys meet in the rows
 * of one change the write fails and names both; the hash does not resist keys that were crafted to
 * meet. Encodings are not kept beyond the life of a process. Not thread-safe.
 */
@Internal
public final class KeyEncoder {

    private final String table;
    private final RowType rowType;
    private final int[] positions;
    private final RowData.FieldGetter[] getters;
    private final boolean exact;
    private final Murmur3 murmur = new Murmur3();
    private byte[] buffer = new byte[64];
    private int length;
    private long high;
    private long low;

    private KeyEncoder(String table, RowType rowType, int[] positions) {
        this.table = table;
        this.rowType = rowType;
        this.positions = positions;
        this.getters = new RowData.FieldGetter[positions.length];
        for (int i = 0; i < positions.length; i++) {
            // Nullable, so that a null is found even where the type promises that there is none.
            LogicalType type = rowType.getTypeAt(positions[i]).copy(true);
            getters[i] = RowData.createFieldGetter(type, positions[i]);
        }
        this.exact =
                positions.length <= 2
                        && Arrays.stream(positions)
                                .allMatch(p -> hasFixedWidth(rowType.getTypeAt(p)));
    }

    /** For the rows and the primary key that a table is written with. */
    public static KeyEncoder of(WriteSpec spec) {
        return of(spec.location(), spec.rowType(), spec.keyColumns());
    }

    /**
     * For rows of {@code rowType} with the primary key {@code columns}.
     *
     * @param table location, for messages
     */
    public static KeyEncoder of(String table, RowType rowType, List<String> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a key needs at least one column");
        }
        int[] positions = new int[columns.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = rowType.getFieldIndex(columns.get(i));
            if (positions[i] < 0) {
                throw new IllegalArgumentException(
                        "key column "
                                + columns.get(i)
                                + " is not among "
                                + rowType.getFieldNames());
            }
            switch (rowType.getTypeAt(positions[i]).getTypeRoot()) {
                case ARRAY, MAP, MULTISET, ROW ->
                        throw new IllegalArgumentException(
                                "column %s of type %s cannot be part of a key"
                                        .formatted(
                                                columns.get(i), rowType.getTypeAt(positions[i])));
                default -> {}
            }
        }
        return new KeyEncoder(table, rowType, positions);
    }

    private static boolean hasFixedWidth(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    FLOAT,
                    DOUBLE,
                    DATE,
                    TIMESTAMP_WITHOUT_TIME_ZONE,
                    TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    true;
            case DECIMAL -> DecimalData.isCompact(((DecimalType) type).getPrecision());
            default -> false;
        };
    }

    /** Encodes the key of {@code row}; {@link #high} and {@link #low} are its bits afterwards. */
    public void encode(RowData row) {
        if (exact) {
            low = fixed(value(row, 0));
            high = positions.length == 2 ? fixed(value(row, 1)) : 0;
            return;
        }
        length = 0;
        for (int i = 0; i < positions.length; i++) {
            Object value = value(row, i);
            if (value instanceof StringData text) {
                append(text.toBytes());
            } else if (value instanceof byte[] bytes) {
                append(bytes);
            } else if (value instanceof DecimalData decimal
                    && !DecimalData.isCompact(decimal.precision())) {
                append(decimal.toUnscaledBytes());
            } else {
                appendLong(fixed(value));
            }
        }
        murmur.hash(buffer, length);
        high = murmur.high();
        low = murmur.low();
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    /** A hash of the last key; equal keys have equal hashes on every machine. */
    public int hash() {
        return hash(high, low);
    }

    static int hash(long high, long low) {
        return (int) Murmur3.finish(low + high * 0x9e3779b97f4a7c15L);
    }

    private Object value(RowData row, int i) {
        Object value = getters[i].getFieldOrNull(row);
        if (value == null) {
            throw new IllegalArgumentException(
                    "%s: cannot write a row whose key column %s is null: it is %s. Filter such rows out, or declare another key."
                            .formatted(
                                    table,
                                    rowType.getFieldNames().get(positions[i]),
                                    describeRow(row)));
        }
        return value;
    }

    private static long fixed(Object value) {
        if (value instanceof Double number) {
            return Double.doubleToLongBits(number + 0.0); // -0.0 equals 0.0
        } else if (value instanceof Float number) {
            return Float.floatToIntBits(number + 0.0f);
        } else if (value instanceof Number number) {
            return number.longValue();
        } else if (value instanceof Boolean bool) {
            return bool ? 1 : 0;
        } else if (value instanceof TimestampData timestamp) {
            return Timestamps.micros(timestamp);
        } else if (value instanceof DecimalData decimal) {
            return decimal.toUnscaledLong();
        }
        throw new IllegalArgumentException("not part of a key: " + value.getClass());
    }

    private void append(byte[] bytes) {
        appendLong(bytes.length);
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    private void appendLong(long value) {
        ensure(Long.BYTES);
        for (int i = 0; i < Long.BYTES; i++) {
            buffer[length++] = (byte) (value >>> (8 * i));
        }
    }

    private void ensure(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + more));
        }
    }

    /** The table that the rows belong to, for messages. */
    String table() {
        return table;
    }

    /** The key of {@code row} for messages, such as {@code id=7, region=eu}. */
    public String describe(RowData row) {
        StringJoiner text = new StringJoiner(", ");
        for (int i = 0; i < positions.length; i++) {
            text.add(
                    rowType.getFieldNames().get(positions[i])
                            + "="
                            + Rows.text(
                                    rowType.getTypeAt(positions[i]),
                                    getters[i].getFieldOrNull(row)));
        }
        return text.toString();
    }

    /** All columns of {@code row} for messages. */
    String describeRow(RowData row) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < rowType.getFieldCount(); i++) {
            Object value =
                    RowData.createFieldGetter(rowType.getTypeAt(i).copy(true), i)
                            .getFieldOrNull(row);
            fields.add(
                    rowType.getFieldNames().get(i) + "=" + Rows.text(rowType.getTypeAt(i), value));
        }
        return "{" + String.join(", ", fields) + "}";
    }

    /** Whether both rows have the same key, by value. */
    boolean sameKey(RowData one, RowData other) {
        for (RowData.FieldGetter getter : getters) {
            if (!sameValue(getter.getFieldOrNull(one), getter.getFieldOrNull(other))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameValue(Object one, Object other) {
        if (one instanceof byte[] bytes && other instanceof byte[] others) {
            return Arrays.equals(bytes, others);
        }
        if (one instanceof Float || one instanceof Double) {
            return fixed(one) == fixed(other);
        }
        return Objects.equals(one, other);
    }
}
