package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.types.DataType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.millrace.delta.table.CommitConflictException;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.MetadataChange;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.Secrets;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.TableSnapshot;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.annotation.Internal;

/**
 * Changes what a table says of itself: columns are added, renamed and dropped, properties set and
 * taken away, comments written. Each change is one version without rows, on the newest version
 * there is; another writer who was faster is no error.
 */
@Internal
public final class TableAlteration {

    private static final int MAX_ATTEMPTS = 20;
    private static final String ALTERED = "millrace.alter";

    private final DeltaTable table;

    public TableAlteration(DeltaTable table) {
        this.table = requireNonNull(table, "table is null");
    }

    /**
     * Adds columns behind those there are; they are null in the rows there are.
     *
     * @param columns nullable
     * @throws RefusedException if the table has one of them, or its features do not allow a type
     */
    public void addColumns(StructType columns) {
        change(
                "add columns " + columns.fieldNames(),
                (base, content) -> {
                    TableMetadata metadata = base.metadata();
                    StructType schema = metadata.schema();
                    for (StructField column : columns.fields()) {
                        check(base, schema, column);
                        schema = schema.add(column);
                    }
                    if (TargetPreparation.isMapped(metadata.properties())) {
                        table.changeSchema(base, schema, content);
                    } else {
                        table.changeMetadata(base, MetadataChange.schema(schema), content);
                    }
                });
    }

    private void check(TableSnapshot base, StructType schema, StructField column) {
        String what = "add column '%s'".formatted(column.getName());
        boolean taken = schema.fieldNames().stream().anyMatch(column.getName()::equalsIgnoreCase);
        if (taken) {
            throw refused(base, what, "there is a column of that name", "Choose another name");
        }
        if (!column.isNullable()) {
            throw refused(
                    base,
                    what,
                    "it is NOT NULL, and the rows there are have no value for it",
                    "Leave NOT NULL out");
        }
        boolean known = base.protocol().writerFeatures().contains("timestampNtz");
        if (holds(column.getDataType()) && !known) {
            throw refused(
                    base,
                    what,
                    "TIMESTAMP without a zone needs the feature timestampNtz",
                    "Set the property 'delta.feature.timestampNtz' to 'supported' first, or take TIMESTAMP_LTZ");
        }
    }

    /**
     * Gives a column another name; its values stay where they are.
     *
     * @throws RefusedException if the table does not map its columns, rests on this one, or has no
     *     such column or one of the new name
     */
    public void renameColumn(String column, String name) {
        String what = "rename column '%s' to '%s'".formatted(column, name);
        change(
                what,
                (base, content) -> {
                    checkMapped(base, what, column);
                    StructType schema = new StructType();
                    for (StructField field : base.metadata().schema().fields()) {
                        boolean renamed = field.getName().equals(column);
                        if (!renamed && field.getName().equalsIgnoreCase(name)) {
                            throw refused(
                                    base,
                                    what,
                                    "there is a column of that name",
                                    "Choose another name");
                        }
                        schema =
                                schema.add(
                                        renamed
                                                ? new StructField(
                                                        name,
                                                        field.getDataType(),
                                                        field.isNullable(),
                                                        field.getMetadata())
                                                : field);
                    }
                    table.changeSchema(base, schema, content);
                });
    }

    /**
     * Takes columns away; their values stay in the files, unseen.
     *
     * @throws RefusedException if the table does not map its columns, rests on one of these, or has
     *     no other
     */
    public void dropColumns(Set<String> columns) {
        String what = "drop columns " + new TreeSet<>(columns);
        change(
                what,
                (base, content) -> {
                    columns.forEach(column -> checkMapped(base, what, column));
                    StructType schema = new StructType();
                    for (StructField field : base.metadata().schema().fields()) {
                        schema = columns.contains(field.getName()) ? schema : schema.add(field);
                    }
                    if (schema.length() == 0) {
                        throw refused(base, what, "there is no other column", "Drop the table");
                    }
                    table.changeSchema(base, schema, content);
                });
    }

    private void checkMapped(TableSnapshot base, String what, String column) {
        TableMetadata metadata = base.metadata();
        if (!metadata.schema().fieldNames().contains(column)) {
            throw refused(base, what, "there is no such column", "Name one of the table");
        }
        if (!TargetPreparation.isMapped(metadata.properties())) {
            throw refused(
                    base,
                    what,
                    "the table does not map its columns, so their names are those in its files",
                    "Set the property 'delta.columnMapping.mode' to 'name' first");
        }
        if (metadata.partitionColumns().contains(column)) {
            throw refused(base, what, "the table is partitioned by it", "Make a new table");
        }
        if (metadata.key().contains(column)) {
            throw refused(
                    base, what, "it is of the table's key", "Give the table another key first");
        }
    }

    private static boolean holds(DataType type) {
        return type.toString().contains(TimestampNTZType.TIMESTAMP_NTZ.toString());
    }

    /**
     * Sets properties.
     *
     * @throws RefusedException if one is a credential, or Delta does not take it
     */
    public void setProperties(Map<String, String> properties) {
        properties.forEach(
                (key, value) -> {
                    if (Secrets.isSecret(key) && !Secrets.isReference(value)) {
                        throw new RefusedException(
                                "%s: cannot set property '%s': a table's properties are seen by all who read it, and this is a credential. Put it into the session's configuration."
                                        .formatted(table.location(), key));
                    }
                });
        change(
                "set properties " + new TreeSet<>(properties.keySet()),
                (base, content) -> table.setProperties(base, properties, content));
    }

    /**
     * Takes properties away; those that the table does not have are no error.
     *
     * @throws RefusedException if the table could not be read without one of them
     */
    public void unsetProperties(Set<String> properties) {
        change(
                "unset properties " + new TreeSet<>(properties),
                (base, content) -> {
                    for (String property : properties) {
                        if (property.startsWith("delta.columnMapping.")
                                || property.startsWith("delta.rowTracking.")
                                || property.startsWith("delta.enableInCommitTimestamps")
                                || property.startsWith("delta.inCommitTimestamp")) {
                            throw refused(
                                    base,
                                    "unset property '%s'".formatted(property),
                                    "what the table has was written by it",
                                    "Leave it");
                        }
                    }
                    table.changeMetadata(base, MetadataChange.unset(properties), content);
                });
    }

    /** Says what the table is; the empty text says nothing. */
    public void describe(String text) {
        change(
                "describe the table",
                (base, content) ->
                        table.changeMetadata(base, MetadataChange.description(text), content));
    }

    /** Says what columns are, by their names; the empty text says nothing. */
    public void describeColumns(Map<String, String> comments) {
        change(
                "describe columns " + new TreeSet<>(comments.keySet()),
                (base, content) -> {
                    StructType schema = new StructType();
                    for (StructField column : base.metadata().schema().fields()) {
                        String comment = comments.get(column.getName());
                        schema = schema.add(comment == null ? column : described(column, comment));
                    }
                    table.changeMetadata(base, MetadataChange.schema(schema), content);
                });
    }

    /** A column that says what it is. */
    public static StructField described(StructField column, String comment) {
        return column.withNewMetadata(
                FieldMetadata.builder()
                        .fromMetadata(column.getMetadata())
                        .putString(TableMetadata.COLUMN_COMMENT, comment)
                        .build());
    }

    private RefusedException refused(TableSnapshot base, String what, String why, String todo) {
        return new RefusedException(
                "%s: cannot %s at version %d: %s. %s."
                        .formatted(table.location(), what, base.version(), why, todo));
    }

    private interface Change {
        void commit(TableSnapshot base, CommitContent content) throws CommitConflictException;
    }

    private void change(String what, Change change) {
        CommitContent content =
                CommitContent.empty(
                        CommitOperation.MANUAL_UPDATE, new TreeMap<>(Map.of(ALTERED, what)));
        CommitConflictException conflict = null;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                change.commit(table.snapshot(), content);
                return;
            } catch (CommitConflictException e) {
                conflict = e;
            }
        }
        throw new IllegalStateException(
                "%s: cannot %s: other writers were faster %d times. Let fewer jobs write to the table."
                        .formatted(table.location(), what, MAX_ATTEMPTS),
                conflict);
    }
}
