package io.millrace.delta.parquet.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.RowColumnVector;

/** Variants, whose vectors have the rows (value, metadata): length of the metadata, both. */
final class VariantWriter extends ReferenceWriter {

    private static final int HEADER = 4;
    private static final int VALUE = 0;
    private static final int METADATA = 1;
    private static final VarHandle LENGTH =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    @Override
    int size(ColumnVector vector, int index) {
        ColumnarRowData row = ((RowColumnVector) vector).getRow(index);
        return Math.addExact(
                HEADER, Math.addExact(row.getBinary(METADATA).length, row.getBinary(VALUE).length));
    }

    @Override
    int writePart(ColumnVector vector, int index, byte[] bytes, int cursor) {
        ColumnarRowData row = ((RowColumnVector) vector).getRow(index);
        byte[] metadata = row.getBinary(METADATA);
        byte[] value = row.getBinary(VALUE);
        LENGTH.set(bytes, cursor, metadata.length);
        int at = cursor + HEADER;
        System.arraycopy(metadata, 0, bytes, at, metadata.length);
        System.arraycopy(value, 0, bytes, at + metadata.length, value.length);
        return at + metadata.length + value.length;
    }
}
