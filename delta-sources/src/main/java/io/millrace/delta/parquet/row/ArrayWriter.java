package io.millrace.delta.parquet.row;

import io.millrace.delta.parquet.vector.ListVector;
import org.apache.flink.table.data.binary.BinaryArrayData;
import org.apache.flink.table.data.columnar.vector.ArrayColumnVector;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.runtime.typeutils.ArrayDataSerializer;
import org.apache.flink.table.types.logical.ArrayType;

/** Arrays. */
final class ArrayWriter extends ReferenceWriter {

    private final ValueWriter elements;
    private final ArrayDataSerializer serializer;

    ArrayWriter(ArrayType type) {
        this.elements = ValueWriters.of(type.getElementType());
        this.serializer = new ArrayDataSerializer(type.getElementType());
    }

    @Override
    int size(ColumnVector vector, int index) {
        if (vector instanceof ListVector lists) {
            return elements.arraySize(
                    lists.elements(), lists.starts()[index], lists.lengths()[index]);
        }
        return binary(vector, index).getSizeInBytes();
    }

    @Override
    int writePart(ColumnVector vector, int index, byte[] bytes, int cursor) {
        if (vector instanceof ListVector lists) {
            return elements.writeArray(
                    lists.elements(), lists.starts()[index], lists.lengths()[index], bytes, cursor);
        }
        return copy(binary(vector, index), bytes, cursor);
    }

    private BinaryArrayData binary(ColumnVector vector, int index) {
        return serializer.toBinaryArray(((ArrayColumnVector) vector).getArray(index));
    }
}
