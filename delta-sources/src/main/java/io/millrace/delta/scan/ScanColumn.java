package io.millrace.delta.scan;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.millrace.delta.parquet.PhysicalColumns;
import io.millrace.delta.table.TableMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A column of a table, or a field inside of one, as it stands in the log.
 *
 * @param physicalPath names in files and statistics, from the top-level column down
 * @param type its type now; files may hold a narrower one
 * @param partition whether the table is partitioned by it
 * @param retyped whether its type was widened since the table was made
 * @param collated whether its strings were compared otherwise than by their bytes
 */
record ScanColumn(
        List<String> physicalPath,
        DataType type,
        boolean partition,
        boolean retyped,
        boolean collated) {

    private static final String TYPE_CHANGES = "delta.typeChanges";
    private static final String COLLATIONS = "__COLLATIONS";

    ScanColumn {
        physicalPath = List.copyOf(physicalPath);
        requireNonNull(type, "type is null");
    }

    /** The column at {@code path}; empty where the table has none there. */
    static Optional<ScanColumn> find(TableMetadata metadata, FieldPath path) {
        PhysicalColumns physical = new PhysicalColumns(metadata);
        List<String> names = new ArrayList<>();
        DataType type = metadata.schema();
        boolean retyped = false;
        boolean collated = false;
        for (String name : path.names()) {
            if (!(type instanceof StructType struct) || struct.indexOf(name) < 0) {
                return Optional.empty();
            }
            StructField field = struct.at(struct.indexOf(name));
            names.add(physical.nameOf(field));
            type = field.getDataType();
            retyped |=
                    field.getMetadata().contains(TYPE_CHANGES) || !field.getTypeChanges().isEmpty();
            collated |= field.getMetadata().contains(COLLATIONS) || isCollated(type);
        }
        boolean partition = !path.isNested() && metadata.partitionColumns().contains(path.column());
        return Optional.of(new ScanColumn(names, type, partition, retyped, collated));
    }

    private static boolean isCollated(DataType type) {
        return type instanceof StringType string && !string.equals(StringType.STRING);
    }
}
