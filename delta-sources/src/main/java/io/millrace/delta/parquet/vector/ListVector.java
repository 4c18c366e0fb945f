package io.millrace.delta.parquet.vector;

import static java.util.Objects.requireNonNull;

import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.columnar.vector.ArrayColumnVector;
import org.apache.flink.table.data.columnar.vector.ColumnVector;

/** Arrays over one vector of elements. */
@Internal
public final class ListVector extends ListShape implements ArrayColumnVector {

    private final ColumnVector elements;
    private final FieldVector read;

    public ListVector(int capacity, ColumnVector elements) {
        super(capacity);
        this.elements = requireNonNull(elements, "elements is null");
        this.read = FieldVector.of(elements);
    }

    public ColumnVector elements() {
        return elements;
    }

    @Override
    public ArrayData getArray(int i) {
        return new VectorArray(read, starts()[i], lengths()[i]);
    }
}
