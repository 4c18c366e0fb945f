package io.millrace.catalog;

import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.millrace.delta.commit.TableAlteration;
import io.millrace.delta.sink.sql.DeltaTables;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.types.DeltaTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.types.logical.RowType;

/** One ALTER TABLE on a Delta table: what its log is told, and what only a definition can hold. */
final class DeltaChanges {

    private final String table;
    private final Optional<String> last;
    private final List<Column> added = new ArrayList<>();
    private final Map<String, String> set = new TreeMap<>();
    private final Set<String> unset = new TreeSet<>();
    private final Map<String, String> columnComments = new TreeMap<>();
    private final Map<String, String> renamed = new LinkedHashMap<>();
    private final Set<String> dropped = new TreeSet<>();
    private Optional<String> comment = Optional.empty();
    private boolean changesDefinition;

    private DeltaChanges(String table, Optional<String> last) {
        this.table = table;
        this.last = last;
    }

    /**
     * @throws ValidationException naming the change that a Delta table cannot take here
     */
    static DeltaChanges of(String table, CatalogBaseTable before, List<TableChange> changes) {
        List<Schema.UnresolvedColumn> columns = before.getUnresolvedSchema().getColumns();
        DeltaChanges all =
                new DeltaChanges(
                        table,
                        columns.isEmpty()
                                ? Optional.empty()
                                : Optional.of(columns.get(columns.size() - 1).getName()));
        changes.forEach(all::take);
        return all;
    }

    private void take(TableChange change) {
        if (change instanceof TableChange.SetOption option) {
            option(option.getKey(), Optional.of(option.getValue()));
        } else if (change instanceof TableChange.ResetOption option) {
            option(option.getKey(), Optional.empty());
        } else if (change instanceof TableChange.AddColumn column) {
            column(column);
        } else if (change instanceof TableChange.ModifyColumnName name) {
            renamed.put(name.getOldColumnName(), name.getNewColumnName());
        } else if (change instanceof TableChange.DropColumn column) {
            dropped.add(column.getColumnName());
        } else if (change instanceof TableChange.ModifyColumnComment commented) {
            columnComments.put(
                    commented.getOldColumn().getName(),
                    Optional.ofNullable(commented.getNewComment()).orElse(""));
        } else if (change instanceof TableChange.ModifyTableComment commented) {
            comment = Optional.of(Optional.ofNullable(commented.getComment()).orElse(""));
        } else if (change instanceof TableChange.AddUniqueConstraint key) {
            key(key.getConstraint());
        } else if (change instanceof TableChange.ModifyUniqueConstraint key) {
            key(key.getNewConstraint());
        } else if (change instanceof TableChange.DropConstraint) {
            unset.add(TableMetadata.KEY_PROPERTY);
        } else if (change instanceof TableChange.AddWatermark
                || change instanceof TableChange.ModifyWatermark
                || change instanceof TableChange.DropWatermark) {
            changesDefinition = true;
        } else {
            throw new ValidationException(
                    "%s: cannot be altered: %s. Columns are added at the end, renamed, dropped and described, properties, options and the key are set and taken away; make a new table for what goes beyond."
                            .formatted(table, change));
        }
    }

    private void option(String key, Optional<String> value) {
        if (DeltaTables.isOption(key)) {
            if (key.equals("path") || key.equals("connector")) {
                throw new ValidationException(
                        "%s: cannot be altered: '%s' says which table it is. Drop the table and create it anew."
                                .formatted(table, key));
            }
            changesDefinition = true;
        } else if (value.isPresent()) {
            set.put(key, value.get());
        } else {
            unset.add(key);
        }
    }

    private void column(TableChange.AddColumn change) {
        Column column = change.getColumn();
        if (!column.isPhysical()) {
            changesDefinition = true;
            return;
        }
        String before = added.isEmpty() ? last.orElse("") : added.get(added.size() - 1).getName();
        TableChange.ColumnPosition position = change.getPosition();
        boolean atTheEnd =
                position == null
                        || (position instanceof TableChange.After after
                                && after.column().equals(before));
        if (!atTheEnd) {
            throw new ValidationException(
                    "%s: cannot be altered: column '%s' would not be the last. Leave FIRST or AFTER out."
                            .formatted(table, column.getName()));
        }
        added.add(column);
    }

    private void key(UniqueConstraint key) {
        set.put(TableMetadata.KEY_PROPERTY, String.join(",", key.getColumns()));
    }

    /** Whether a definition over the table has to say something that its log cannot. */
    boolean changesDefinition() {
        return changesDefinition;
    }

    /** Commits what the log is to say: a version for each kind of change and renamed column. */
    void carryOut(DeltaTable delta) {
        TableAlteration alteration = new TableAlteration(delta);
        if (!added.isEmpty()) {
            alteration.addColumns(columns());
        }
        renamed.forEach(alteration::renameColumn);
        if (!dropped.isEmpty()) {
            alteration.dropColumns(dropped);
        }
        if (!columnComments.isEmpty()) {
            alteration.describeColumns(columnComments);
        }
        comment.ifPresent(alteration::describe);
        if (!set.isEmpty()) {
            alteration.setProperties(set);
        }
        if (!unset.isEmpty()) {
            alteration.unsetProperties(unset);
        }
    }

    private StructType columns() {
        StructType columns = new StructType();
        for (Column column : added) {
            StructField field =
                    DeltaTypes.toStructType(
                                    new RowType(
                                            List.of(
                                                    new RowType.RowField(
                                                            column.getName(),
                                                            column.getDataType()
                                                                    .getLogicalType()))))
                            .at(0);
            columns =
                    columns.add(
                            column.getComment()
                                    .map(text -> TableAlteration.described(field, text))
                                    .orElse(field));
        }
        return columns;
    }
}
