package io.millrace.delta.parquet.row;

import io.millrace.delta.parquet.vector.MapVector;
import org.apache.flink.table.data.binary.BinaryMapData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.MapColumnVector;
import org.apache.flink.table.runtime.typeutils.MapDataSerializer;
import org.apache.flink.table.types.logical.MapType;

/** Maps: size of the keys, array of keys, array of values. */
final class MapWriter extends ReferenceWriter {

    private static final int HEADER = 4;

    private final ValueWriter keys;
    private final ValueWriter values;
    private final MapDataSerializer serializer;

    MapWriter(MapType type) {
        this.keys = ValueWriters.of(type.getKeyType());
        this.values = ValueWriters.of(type.getValueType());
        this.serializer = new MapDataSerializer(type.getKeyType(), type.getValueType());
    }

    @Override
    int size(ColumnVector vector, int index) {
        if (vector instanceof MapVector maps) {
            int start = maps.starts()[index];
            int length = maps.lengths()[index];
            return Math.addExact(
                    HEADER,
                    Math.addExact(
                            keys.arraySize(maps.keys(), start, length),
                            values.arraySize(maps.values(), start, length)));
        }
        return binary(vector, index).getSizeInBytes();
    }

    @Override
    int writePart(ColumnVector vector, int index, byte[] bytes, int cursor) {
        if (vector instanceof MapVector maps) {
            int start = maps.starts()[index];
            int length = maps.lengths()[index];
            int first = cursor + HEADER;
            int second = keys.writeArray(maps.keys(), start, length, bytes, first);
            Words.putInt(bytes, cursor, second - first);
            return values.writeArray(maps.values(), start, length, bytes, second);
        }
        return copy(binary(vector, index), bytes, cursor);
    }

    private BinaryMapData binary(ColumnVector vector, int index) {
        return serializer.toBinaryMap(((MapColumnVector) vector).getMap(index));
    }
}
