package io.millrace.delta.table;

import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.AddCDCFile;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.RemoveFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Our actions as the rows that Kernel writes into a commit.
 *
 * <p>Kernel's schema of a commit line knows {@code cdc} only as an empty struct, so the lines have
 * a schema of their own: Kernel's, with the struct of {@code cdc} filled in at the same ordinal.
 */
final class ActionRows {

    private static final StructType CDC =
            AddCDCFile.FULL_SCHEMA.add("dataChange", BooleanType.BOOLEAN, false);

    private static final StructType LINE = lineSchema();

    private ActionRows() {}

    static Row add(DataFile file) {
        Map<String, Object> values = new HashMap<>();
        values.put("path", file.path());
        values.put("partitionValues", VectorUtils.stringStringMapValue(file.partitionValues()));
        values.put("size", file.size());
        values.put("modificationTime", file.modificationTime());
        values.put("dataChange", file.dataChange());
        file.deletionVector().ifPresent(vector -> values.put("deletionVector", vectorRow(vector)));
        file.stats().ifPresent(stats -> values.put("stats", stats));
        if (!file.tags().isEmpty()) {
            values.put("tags", VectorUtils.stringStringMapValue(file.tags()));
        }
        file.rowIds()
                .ifPresent(
                        ids -> {
                            values.put("baseRowId", ids.base());
                            values.put("defaultRowCommitVersion", ids.commitVersion());
                        });
        return line("add", row(AddFile.FULL_SCHEMA, values));
    }

    static Row remove(RemovedFile file, boolean dataChange) {
        Map<String, Object> values = new HashMap<>();
        values.put("path", file.path());
        values.put("deletionTimestamp", file.deletionTimestamp());
        values.put("dataChange", dataChange);
        values.put("extendedFileMetadata", true);
        file.partitionValues()
                .ifPresent(
                        map ->
                                values.put(
                                        "partitionValues", VectorUtils.stringStringMapValue(map)));
        file.size().ifPresent(size -> values.put("size", size));
        file.deletionVector().ifPresent(vector -> values.put("deletionVector", vectorRow(vector)));
        return line("remove", row(RemoveFile.FULL_SCHEMA, values));
    }

    static Row metadata(Metadata metadata) {
        return line("metaData", metadata.toRow());
    }

    static Row change(ChangeFile file) {
        Map<String, Object> values = new HashMap<>();
        values.put("path", file.path());
        values.put("partitionValues", VectorUtils.stringStringMapValue(file.partitionValues()));
        values.put("size", file.size());
        // A change file never changes the table's own rows (Delta protocol, "Add CDC File").
        values.put("dataChange", false);
        return line("cdc", row(CDC, values));
    }

    private static StructType lineSchema() {
        StructType schema = new StructType();
        for (StructField field : SingleAction.FULL_SCHEMA.fields()) {
            schema =
                    field.getName().equals("cdc")
                            ? schema.add("cdc", CDC, true)
                            : schema.add(field.getName(), field.getDataType(), true);
        }
        return schema;
    }

    private static Row vectorRow(DeletionVector vector) {
        return toKernel(vector).toRow();
    }

    static DeletionVectorDescriptor toKernel(DeletionVector vector) {
        return new DeletionVectorDescriptor(
                vector.storageType(),
                vector.pathOrInlineDv(),
                vector.offset().isPresent()
                        ? Optional.of(vector.offset().getAsInt())
                        : Optional.empty(),
                vector.sizeInBytes(),
                vector.cardinality());
    }

    private static Row line(String action, Row content) {
        return row(LINE, Map.of(action, content));
    }

    private static Row row(StructType schema, Map<String, Object> values) {
        Map<Integer, Object> byOrdinal = new HashMap<>();
        values.forEach((name, value) -> byOrdinal.put(schema.indexOf(name), value));
        return new GenericRow(schema, byOrdinal);
    }
}
