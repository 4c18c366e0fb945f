package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.millrace.delta.table.CommitConflictException;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableDefinition;
import io.millrace.delta.table.TableSnapshot;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;

/**
 * Makes a table ready before files are written for it: columns that are mapped have names in files
 * only when the table has them. Everybody who writes or commits may do it; the first one does.
 */
@Internal
public final class TargetPreparation {

    /** Property that says what becomes of columns that the rows have and the table lacks. */
    public static final String EVOLUTION = "millrace.schema-evolution";

    /** Value of {@link #EVOLUTION}: the table gets them. */
    public static final String ADD_COLUMNS = "add-columns";

    private static final String MAPPING = "delta.columnMapping.mode";
    private static final int MAX_ATTEMPTS = 20;

    private final DeltaTable table;
    private final TableDefinition definition;

    public TargetPreparation(DeltaTable table, TableDefinition definition) {
        this.table = requireNonNull(table, "table is null");
        this.definition = requireNonNull(definition, "definition is null");
    }

    /**
     * Makes the table if its files cannot be written without it, and adds the columns it lacks if
     * that is to be.
     *
     * @throws RefusedException if columns are to be added to a table that does not map its columns
     */
    public void prepare() {
        if (!table.exists()) {
            if (isMapped(definition.properties())) {
                DeltaCommitter.createIfAbsent(table, definition, Map.of());
            }
        } else if (ADD_COLUMNS.equals(definition.properties().get(EVOLUTION))) {
            addColumns();
        }
    }

    /**
     * Looks whether the table can be written as asked for, and changes nothing; no table at all
     * can. Before a job starts this finds what every later commit would be refused for.
     *
     * @param updates whether rows may be deleted or replaced
     * @throws RefusedException naming what does not fit
     */
    public void check(boolean updates) {
        if (!table.exists()) {
            return;
        }
        TargetCheck check = new TargetCheck(table.location(), definition, updates);
        if (ADD_COLUMNS.equals(definition.properties().get(EVOLUTION))) {
            check.checkRules(table.snapshot());
        } else {
            check.check(table.snapshot());
        }
    }

    private void addColumns() {
        CommitConflictException conflict = null;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            TableSnapshot base = table.snapshot();
            List<StructField> lacking = lacking(base.metadata().schema(), definition.schema());
            if (lacking.isEmpty()) {
                return;
            }
            if (!isMapped(base.metadata().properties())) {
                throw new RefusedException(
                        "%s: cannot add the columns %s at version %d: Delta Kernel changes the schema only of tables that map their columns (%s). Add them with ALTER TABLE in another engine, or leave them out."
                                .formatted(
                                        table.location(),
                                        lacking.stream().map(TargetPreparation::text).toList(),
                                        base.version(),
                                        MAPPING));
            }
            StructType schema = base.metadata().schema();
            for (StructField field : lacking) {
                schema = schema.add(field);
            }
            try {
                table.changeSchema(
                        base, schema, CommitContent.empty(CommitOperation.MANUAL_UPDATE, Map.of()));
                return;
            } catch (CommitConflictException e) {
                conflict = e;
            }
        }
        throw new IllegalStateException(
                "%s: cannot add columns: other writers were faster %d times. Let fewer jobs write to the table."
                        .formatted(table.location(), MAX_ATTEMPTS),
                conflict);
    }

    /** The last columns of the rows, if the table has just those before them. */
    private static List<StructField> lacking(StructType there, StructType wanted) {
        int known = there.length();
        boolean extended =
                wanted.length() > known
                        && wanted.fieldNames().subList(0, known).equals(there.fieldNames())
                        && wanted.fields().stream().skip(known).allMatch(StructField::isNullable);
        return extended ? wanted.fields().subList(known, wanted.length()) : List.of();
    }

    private static String text(StructField field) {
        return field.getName() + " " + field.getDataType();
    }

    static boolean isMapped(Map<String, String> properties) {
        return !properties.getOrDefault(MAPPING, "none").equalsIgnoreCase("none");
    }
}
