package io.millrace.delta.source.changes;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.types.DeltaTypes;
import io.millrace.delta.types.TypeWidening;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/**
 * Which changes of a table's metadata a running source survives: those that leave the columns it
 * reads as the plan knows them, in the same table, with the change feed on. So columns, and fields
 * of structs, may be added; what may be null, comments and properties may change; and a table may
 * be on its way to the types of the plan. The rest is refused, naming table, version and what to
 * do.
 */
@Internal
public final class SchemaRules {

    private static final String PHYSICAL_NAME = "delta.columnMapping.physicalName";

    private static final String CORRECT =
            "Correct the definition and start again: it goes on at this version if the state fits,"
                    + " else with --rebuild.";

    /** Of a column that was never there, unlike one that a commit drops or renames. */
    private static final String READ_LATER =
            "Leave it out of the definition, or start at a version that has it.";

    private final ReadSpec spec;
    private final StructType planned;

    public SchemaRules(ReadSpec spec) {
        this.spec = requireNonNull(spec, "spec is null");
        this.planned = DeltaTypes.toReadStructType(spec.tableColumns());
    }

    /**
     * Checks what a commit says of the table from its version on.
     *
     * @param before what was in force until then
     */
    public void check(TableMetadata metadata, long version, TableMetadata before) {
        checkSameTable(metadata.id(), version, before.id());
        checkFeed(metadata, version);
        checkSameColumns(planned, metadata.schema(), before.schema(), "", version);
        checkColumns(metadata, version);
    }

    /** Checks that the table is the one that was read so far. */
    public void checkSameTable(String id, long version, String before) {
        if (!id.equals(before)) {
            throw spec.refused(
                    version,
                    "another table was made in its place (id " + id + ", was " + before + ")",
                    "Rebuild the results (--rebuild).");
        }
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

    /** Whether the columns to read are there, of whatever type. */
    public boolean hasColumns(TableMetadata metadata) {
        return hasFields(metadata.schema(), planned);
    }

    private static boolean hasFields(StructType there, StructType wanted) {
        for (StructField field : wanted.fields()) {
            Optional<StructField> found = field(there, field.getName());
            if (found.isEmpty()
                    || (field.getDataType() instanceof StructType inner
                            && found.get().getDataType() instanceof StructType foundInner
                            && !hasFields(foundInner, inner))) {
                return false;
            }
        }
        return true;
    }

    /** Checks that the columns to read are there, with the types of the plan. */
    public void checkColumns(TableMetadata metadata, long version) {
        for (StructField column : planned.fields()) {
            String name = column.getName();
            StructField there =
                    field(metadata.schema(), name).orElseThrow(() -> missing(name, version));
            checkType(there.getDataType(), column.getDataType(), name, version);
        }
    }

    /** Columns are the same if their physical names are (Delta protocol, "Column Mapping"). */
    private void checkSameColumns(
            StructType columns, StructType now, StructType before, String parent, long version) {
        for (StructField column : columns.fields()) {
            String name = column.getName();
            Optional<StructField> old = field(before, name);
            if (old.isEmpty()) {
                continue;
            }
            Optional<StructField> current = field(now, name);
            if (current.isEmpty()) {
                throw gone(parent + name, renamed(old.get(), now), version);
            }
            if (!physicalName(current.get()).equals(physicalName(old.get()))) {
                throw spec.refused(
                        version,
                        "column "
                                + parent
                                + name
                                + " was replaced by another column of the same name",
                        "Rebuild the results (--rebuild).");
            }
            if (column.getDataType() instanceof StructType struct
                    && current.get().getDataType() instanceof StructType nowStruct
                    && old.get().getDataType() instanceof StructType oldStruct) {
                checkSameColumns(struct, nowStruct, oldStruct, parent + name + ".", version);
            }
        }
    }

    private RefusedException gone(String column, Optional<StructField> newName, long version) {
        String what =
                newName.map(field -> "renamed to " + field.getName())
                        .orElse("dropped from the table");
        return spec.refused(version, "column " + column + " was " + what, CORRECT);
    }

    private RefusedException missing(String column, long version) {
        return spec.refused(version, "column " + column + " is not in the table", READ_LATER);
    }

    private static Optional<StructField> renamed(StructField old, StructType now) {
        return now.fields().stream()
                .filter(field -> physicalName(field).equals(physicalName(old)))
                .findFirst();
    }

    private static Optional<StructField> field(StructType struct, String name) {
        int index = struct.indexOf(name);
        return index < 0 ? Optional.empty() : Optional.of(struct.at(index));
    }

    private static String physicalName(StructField field) {
        return field.getMetadata().contains(PHYSICAL_NAME)
                ? field.getMetadata().getString(PHYSICAL_NAME)
                : field.getName();
    }

    /** The table may have more fields in a struct, narrower types, and other nullability. */
    private void checkType(DataType there, DataType wanted, String path, long version) {
        if (there instanceof StructType struct && wanted instanceof StructType fields) {
            for (StructField field : fields.fields()) {
                String inner = path + "." + field.getName();
                StructField found =
                        field(struct, field.getName()).orElseThrow(() -> missing(inner, version));
                checkType(found.getDataType(), field.getDataType(), inner, version);
            }
        } else if (there instanceof ArrayType array && wanted instanceof ArrayType other) {
            checkType(array.getElementType(), other.getElementType(), path + ".element", version);
        } else if (there instanceof MapType map && wanted instanceof MapType other) {
            checkType(map.getKeyType(), other.getKeyType(), path + ".key", version);
            checkType(map.getValueType(), other.getValueType(), path + ".value", version);
        } else if (!sameType(there, wanted) && !TypeWidening.widens(there, wanted)) {
            throw spec.refused(
                    version,
                    "column " + path + " is of type " + there + ", the plan has " + wanted,
                    CORRECT);
        }
    }

    private static boolean sameType(DataType one, DataType other) {
        return DeltaTypes.toLogicalType(one, true).equals(DeltaTypes.toLogicalType(other, true));
    }
}
