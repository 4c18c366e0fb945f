package io.millrace.delta.source.changes;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.types.DeltaTypes;
import org.apache.flink.annotation.Internal;

/**
 * Which changes of a table's metadata a running source survives: those that leave the columns it
 * reads as the plan knows them, in the same table, with the change feed on. The others are refused,
 * naming table, version and what to do.
 */
@Internal
public final class SchemaRules {

    private final ReadSpec spec;
    private final StructType planned;

    public SchemaRules(ReadSpec spec) {
        this.spec = requireNonNull(spec, "spec is null");
        this.planned = DeltaTypes.toStructType(spec.rowType());
    }

    /**
     * Checks what a commit says of the table from its version on.
     *
     * @param tableId id of the table that was read so far
     */
    public void check(TableMetadata metadata, long version, String tableId) {
        if (!metadata.id().equals(tableId)) {
            throw spec.refused(
                    version,
                    "another table was made in its place (id "
                            + metadata.id()
                            + ", was "
                            + tableId
                            + ")",
                    "Rebuild the results (--rebuild).");
        }
        checkFeed(metadata, version);
        checkColumns(metadata, version);
    }

    /** Checks that the table keeps a change feed from {@code version} on, if one is read. */
    public void checkFeed(TableMetadata metadata, long version) {
        if (spec.mode().needsChangeFeed() && !metadata.changeFeedEnabled()) {
            throw spec.refused(
                    version,
                    "the change feed is off (table property delta.enableChangeDataFeed)",
                    "Switch it on and rebuild the results (--rebuild) from a snapshot.");
        }
    }

    /** Checks that the columns to read are there, with the types of the plan. */
    public void checkColumns(TableMetadata metadata, long version) {
        for (StructField column : planned.fields()) {
            int index = metadata.schema().indexOf(column.getName());
            if (index < 0) {
                throw spec.refused(
                        version,
                        "column " + column.getName() + " is not in the table",
                        "Correct the definition, or start at a version that has the column.");
            }
            DataType type = metadata.schema().at(index).getDataType();
            if (!sameType(type, column.getDataType())) {
                throw spec.refused(
                        version,
                        "column "
                                + column.getName()
                                + " is of type "
                                + type
                                + ", the plan has "
                                + column.getDataType(),
                        "Correct the definition and start again; state that does not fit needs"
                                + " --rebuild.");
            }
        }
    }

    /** Equal but for nullability, at any depth. */
    private static boolean sameType(DataType one, DataType other) {
        return DeltaTypes.toLogicalType(nullable(one), true)
                .equals(DeltaTypes.toLogicalType(nullable(other), true));
    }

    private static DataType nullable(DataType type) {
        if (type instanceof StructType struct) {
            StructType result = new StructType();
            for (StructField field : struct.fields()) {
                result = result.add(field.getName(), nullable(field.getDataType()), true);
            }
            return result;
        } else if (type instanceof io.delta.kernel.types.ArrayType array) {
            return new io.delta.kernel.types.ArrayType(nullable(array.getElementType()), true);
        } else if (type instanceof io.delta.kernel.types.MapType map) {
            return new io.delta.kernel.types.MapType(
                    nullable(map.getKeyType()), nullable(map.getValueType()), true);
        }
        return type;
    }
}
