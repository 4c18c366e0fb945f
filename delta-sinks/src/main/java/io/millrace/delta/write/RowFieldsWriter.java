package io.millrace.delta.write;

import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** Hands the fields of a row, or some of them, to Parquet. */
final class RowFieldsWriter {

    private final Supplier<RecordConsumer> out;
    private final int[] positions;
    private final String[] names;
    private final boolean[] nullable;
    private final FieldWriter[] writers;

    private RowFieldsWriter(
            RowType type, int[] positions, GroupType stored, Supplier<RecordConsumer> out) {
        this.out = out;
        this.positions = positions;
        this.names = new String[positions.length];
        this.nullable = new boolean[positions.length];
        this.writers = new FieldWriter[positions.length];
        for (int i = 0; i < positions.length; i++) {
            Type field = stored.getType(i);
            names[i] = field.getName();
            nullable[i] = field.isRepetition(Type.Repetition.OPTIONAL);
            writers[i] = FieldWriter.of(type.getTypeAt(positions[i]), field, out);
        }
    }

    /** All fields, by position. */
    static RowFieldsWriter struct(RowType type, GroupType stored, Supplier<RecordConsumer> out) {
        if (type.getFieldCount() != stored.getFieldCount()) {
            throw new IllegalArgumentException(
                    "cannot write %s into column %s, which has the fields %s"
                            .formatted(type, stored.getName(), stored.getFields()));
        }
        int[] positions = new int[type.getFieldCount()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i;
        }
        return new RowFieldsWriter(type, positions, stored, out);
    }

    /** The fields named {@code columns}, which are the first ones of {@code stored}. */
    static RowFieldsWriter columns(
            RowType type, List<String> columns, GroupType stored, Supplier<RecordConsumer> out) {
        int[] positions = columns.stream().mapToInt(type::getFieldIndex).toArray();
        return new RowFieldsWriter(type, positions, stored, out);
    }

    void write(RowData row) {
        RecordConsumer consumer = out.get();
        for (int i = 0; i < positions.length; i++) {
            if (!row.isNullAt(positions[i])) {
                consumer.startField(names[i], i);
                writers[i].write(row, positions[i]);
                consumer.endField(names[i], i);
            } else if (!nullable[i]) {
                throw new IllegalArgumentException(
                        "null in column " + names[i] + ", which allows none");
            }
        }
    }
}
