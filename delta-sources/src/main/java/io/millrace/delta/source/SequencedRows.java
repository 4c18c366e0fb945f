package io.millrace.delta.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.types.RowKind;

/**
 * The rows between reader and sequencer: the n read columns, then {@code BIGINT} commit version,
 * {@code BIGINT} commit timestamp (milliseconds since the epoch) and {@code TINYINT} phase with the
 * code of the {@link Delivery} added. The row kind is the change type.
 */
@Internal
public final class SequencedRows {

    /** Deletes and pre-images: released first within a version. */
    public static final byte PHASE_DELETE = 0;

    /** Inserts and post-images. */
    public static final byte PHASE_INSERT = 1;

    /** Rows of the first snapshot: inserts only, they need not wait for their version's end. */
    public static final byte PHASE_SNAPSHOT = 2;

    private static final int PHASE_BITS = 3;

    /** Watermark of a reader after all its rows, below Flink's own end of time. */
    public static final long END = Long.MAX_VALUE - 1;

    public static final int EXTRA_COLUMNS = 3;

    private SequencedRows() {}

    /** The type of the stream for read columns of type {@code columns}. */
    public static RowType rowType(RowType columns) {
        List<RowType.RowField> fields = new ArrayList<>(columns.getFields());
        fields.add(new RowType.RowField("$version", new BigIntType(false)));
        fields.add(new RowType.RowField("$timestamp", new BigIntType(false)));
        fields.add(new RowType.RowField("$phase", new TinyIntType(false)));
        return new RowType(false, fields);
    }

    public static int versionPosition(int columns) {
        return columns;
    }

    public static int timestampPosition(int columns) {
        return columns + 1;
    }

    public static int phasePosition(int columns) {
        return columns + 2;
    }

    /** A row of the stream with the first {@code columns} fields of {@code row}, not copied. */
    public static GenericRowData of(
            GenericRowData row,
            int columns,
            long version,
            long timestamp,
            byte phase,
            RowKind kind) {
        GenericRowData sequenced = new GenericRowData(kind, columns + EXTRA_COLUMNS);
        for (int i = 0; i < columns; i++) {
            sequenced.setField(i, row.getField(i));
        }
        sequenced.setField(columns, version);
        sequenced.setField(columns + 1, timestamp);
        sequenced.setField(columns + 2, phase);
        return sequenced;
    }

    public static long version(RowData row) {
        return row.getLong(row.getArity() - EXTRA_COLUMNS);
    }

    public static long timestamp(RowData row) {
        return row.getLong(row.getArity() - EXTRA_COLUMNS + 1);
    }

    public static byte phase(RowData row) {
        return (byte) (lastField(row) & PHASE_BITS);
    }

    public static Delivery delivery(RowData row) {
        return Delivery.of(lastField(row) & ~PHASE_BITS);
    }

    private static byte lastField(RowData row) {
        return row.getByte(row.getArity() - EXTRA_COLUMNS + 2);
    }

    /** What stands in the last column. */
    public static byte delivered(byte phase, Delivery delivery) {
        return (byte) (phase + delivery.code());
    }

    /** The phase in which a change of kind {@code kind} is released. */
    public static byte phaseOf(RowKind kind) {
        return switch (kind) {
            case DELETE, UPDATE_BEFORE -> PHASE_DELETE;
            case INSERT, UPDATE_AFTER -> PHASE_INSERT;
        };
    }
}
