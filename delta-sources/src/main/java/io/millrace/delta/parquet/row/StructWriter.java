package io.millrace.delta.parquet.row;

import io.millrace.delta.parquet.vector.StructVector;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.RowColumnVector;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;

/** Rows within rows. */
final class StructWriter extends ReferenceWriter {

    private final ValueWriter[] fields;
    private final int nullBytes;
    private final int fixedSize;
    private final RowDataSerializer serializer;

    StructWriter(RowType type) {
        this.fields = type.getChildren().stream().map(ValueWriters::of).toArray(ValueWriter[]::new);
        this.nullBytes = BinaryRowData.calculateBitSetWidthInBytes(fields.length);
        this.fixedSize = BinaryRowData.calculateFixPartSizeInBytes(fields.length);
        this.serializer = new RowDataSerializer(type);
    }

    @Override
    int size(ColumnVector vector, int index) {
        if (!(vector instanceof StructVector structs)) {
            return binary(vector, index).getSizeInBytes();
        }
        int size = fixedSize;
        for (int i = 0; i < fields.length; i++) {
            ColumnVector field = structs.field(i);
            if (fields[i].isVariable() && !field.isNullAt(index)) {
                size = Math.addExact(size, fields[i].variableSize(field, index));
            }
        }
        return size;
    }

    @Override
    int writePart(ColumnVector vector, int index, byte[] bytes, int base) {
        if (!(vector instanceof StructVector structs)) {
            return copy(binary(vector, index), bytes, base);
        }
        int cursor = base + fixedSize;
        for (int i = 0; i < fields.length; i++) {
            ColumnVector field = structs.field(i);
            if (field.isNullAt(index)) {
                setNull(bytes, base, i);
            } else {
                int slot = base + nullBytes + 8 * i;
                cursor = fields[i].write(field, index, bytes, slot, base, cursor);
            }
        }
        return cursor;
    }

    private BinaryRowData binary(ColumnVector vector, int index) {
        return serializer.toBinaryRow(((RowColumnVector) vector).getRow(index));
    }
}
