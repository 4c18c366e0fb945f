package io.millrace.delta.parquet.vector;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;

/** A map that is a part of two vectors, not copied. */
record VectorMap(FieldVector keys, FieldVector values, int start, int size) implements MapData {

    @Override
    public ArrayData keyArray() {
        return new VectorArray(keys, start, size);
    }

    @Override
    public ArrayData valueArray() {
        return new VectorArray(values, start, size);
    }
}
