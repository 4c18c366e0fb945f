package io.millrace.delta.parquet;

import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.millrace.delta.table.TableMetadata;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/**
 * How a table's columns and fields are found in its files: under their own names, or under physical
 * names and field ids where the table maps columns (Delta protocol, "Column Mapping").
 */
@Internal
public final class PhysicalColumns {

    private static final String MODE = "delta.columnMapping.mode";
    private static final String PHYSICAL_NAME = "delta.columnMapping.physicalName";
    private static final String ID = "delta.columnMapping.id";

    private enum Mode {
        NONE,
        NAME,
        ID
    }

    private final Mode mode;

    public PhysicalColumns(TableMetadata metadata) {
        String declared = metadata.properties().getOrDefault(MODE, "none");
        this.mode = Mode.valueOf(declared.toUpperCase(Locale.ROOT));
    }

    /** The name of a column, or of a field at any depth, in files and statistics. */
    public String nameOf(StructField field) {
        return mode != Mode.NONE && field.getMetadata().contains(PHYSICAL_NAME)
                ? field.getMetadata().getString(PHYSICAL_NAME)
                : field.getName();
    }

    /**
     * The field of a file's group that holds {@code field}: by id where the table maps by id, else
     * by name; a name of other case only where no other field of the table has it.
     *
     * @param siblings the fields of the table among which {@code field} is
     */
    Optional<Type> find(GroupType group, StructField field, StructType siblings) {
        if (mode == Mode.ID && field.getMetadata().contains(ID)) {
            long id = field.getMetadata().getLong(ID);
            for (Type candidate : group.getFields()) {
                if (candidate.getId() != null && candidate.getId().intValue() == id) {
                    return Optional.of(candidate);
                }
            }
        }
        String name = nameOf(field);
        if (group.containsField(name)) {
            return Optional.of(group.getType(name));
        }
        for (Type candidate : group.getFields()) {
            if (candidate.getName().equalsIgnoreCase(name)
                    && siblings.indexOf(candidate.getName()) < 0) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
