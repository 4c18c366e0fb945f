package io.millrace.delta.parquet.vector;

import static java.util.Objects.requireNonNull;

import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.MapColumnVector;

/** Maps over one vector of keys and one of values; entries are in the order of the file. */
@Internal
public final class MapVector extends ListShape implements MapColumnVector {

    private final ColumnVector keys;
    private final ColumnVector values;
    private final FieldVector readKeys;
    private final FieldVector readValues;

    public MapVector(int capacity, ColumnVector keys, ColumnVector values) {
        super(capacity);
        this.keys = requireNonNull(keys, "keys is null");
        this.values = requireNonNull(values, "values is null");
        this.readKeys = FieldVector.of(keys);
        this.readValues = FieldVector.of(values);
    }

    public ColumnVector keys() {
        return keys;
    }

    public ColumnVector values() {
        return values;
    }

    @Override
    public MapData getMap(int i) {
        return new VectorMap(readKeys, readValues, starts()[i], lengths()[i]);
    }
}
