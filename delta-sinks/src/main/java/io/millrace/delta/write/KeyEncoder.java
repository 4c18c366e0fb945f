package io.millrace.delta.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
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
    private final KeyBits[] bits;
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
        this.bits =
                Arrays.stream(positions)
                        .mapToObj(p -> KeyBits.of(rowType.getTypeAt(p), p))
                        .toArray(KeyBits[]::new);
        this.exact = positions.length <= 2 && Arrays.stream(bits).allMatch(Objects::nonNull);
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

    /** Encodes the key of {@code row}; {@link #high} and {@link #low} are its bits afterwards. */
    public void encode(RowData row) {
        if (exact) {
            low = bits(row, 0);
            high = positions.length == 2 ? bits(row, 1) : 0;
            return;
        }
        length = 0;
        for (int i = 0; i < positions.length; i++) {
            if (bits[i] != null) {
                appendLong(bits(row, i));
            } else {
                append(bytes(value(row, i)));
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

    private long bits(RowData row, int i) {
        if (row.isNullAt(positions[i])) {
            throw nullKey(row, i);
        }
        return bits[i].of(row);
    }

    private Object value(RowData row, int i) {
        Object value = getters[i].getFieldOrNull(row);
        if (value == null) {
            throw nullKey(row, i);
        }
        return value;
    }

    private IllegalArgumentException nullKey(RowData row, int i) {
        return new IllegalArgumentException(
                "%s: cannot write a row whose key column %s is null: it is %s. Filter such rows out, or declare another key."
                        .formatted(
                                table,
                                rowType.getFieldNames().get(positions[i]),
                                describeRow(row)));
    }

    private static byte[] bytes(Object value) {
        if (value instanceof StringData text) {
            return text.toBytes();
        } else if (value instanceof byte[] bytes) {
            return bytes;
        } else if (value instanceof DecimalData decimal) {
            return decimal.toUnscaledBytes();
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
        for (int i = 0; i < getters.length; i++) {
            boolean same =
                    bits[i] != null
                            ? bits(one, i) == bits(other, i)
                            : Arrays.equals(bytes(value(one, i)), bytes(value(other, i)));
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
