package io.millrace.delta.write.page;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** Makes the encoders of fields from their types in rows and in the file. */
final class FieldEncoders {

    private final Map<List<String>, LeafColumn> columns;

    /**
     * @param columns by path in the file
     */
    FieldEncoders(Map<List<String>, LeafColumn> columns) {
        this.columns = Map.copyOf(columns);
    }

    FieldEncoder field(LogicalType type, Type stored) {
        return field(type, stored, List.of(), 0);
    }

    private FieldEncoder field(
            LogicalType type, Type stored, List<String> parent, int repetitionLevel) {
        List<String> path = child(parent, stored);
        boolean nullable = stored.isRepetition(Type.Repetition.OPTIONAL);
        if (type.is(LogicalTypeRoot.ROW)) {
            return struct((RowType) type, stored.asGroupType(), path, repetitionLevel);
        } else if (type.is(LogicalTypeRoot.ARRAY)) {
            GroupType list = stored.asGroupType().getType(0).asGroupType();
            FieldEncoder element =
                    field(
                            ((ArrayType) type).getElementType(),
                            list.getType(0),
                            child(path, list),
                            repetitionLevel + 1);
            return new RepeatedEncoder(
                    stored.getName(), nullable, repetitionLevel + 1, element, null);
        } else if (type.is(LogicalTypeRoot.MAP)) {
            MapType map = (MapType) type;
            GroupType entry = stored.asGroupType().getType(0).asGroupType();
            List<String> inner = child(path, entry);
            FieldEncoder key =
                    field(map.getKeyType(), entry.getType(0), inner, repetitionLevel + 1);
            FieldEncoder value =
                    field(map.getValueType(), entry.getType(1), inner, repetitionLevel + 1);
            return new RepeatedEncoder(stored.getName(), nullable, repetitionLevel + 1, key, value);
        } else if (!stored.isPrimitive()) {
            throw new IllegalArgumentException(
                    "cannot write column " + stored.getName() + " of type " + type);
        }
        return new LeafEncoder(
                stored.getName(),
                columns.get(path),
                nullable,
                LeafValue.of(type, stored.asPrimitiveType()));
    }

    private FieldEncoder struct(
            RowType type, GroupType stored, List<String> path, int repetitionLevel) {
        if (type.getFieldCount() != stored.getFieldCount()) {
            throw new IllegalArgumentException(
                    "cannot write %s into column %s, which has the fields %s"
                            .formatted(type, stored.getName(), stored.getFields()));
        }
        FieldEncoder[] fields =
                IntStream.range(0, type.getFieldCount())
                        .mapToObj(
                                i ->
                                        field(
                                                type.getTypeAt(i),
                                                stored.getType(i),
                                                path,
                                                repetitionLevel))
                        .toArray(FieldEncoder[]::new);
        return new StructEncoder(
                stored.getName(), stored.isRepetition(Type.Repetition.OPTIONAL), fields);
    }

    private static List<String> child(List<String> parent, Type field) {
        return IntStream.rangeClosed(0, parent.size())
                .mapToObj(i -> i < parent.size() ? parent.get(i) : field.getName())
                .toList();
    }
}
