package io.millrace.pipeline;

import io.millrace.artifacts.DatasetResolution;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.types.DeltaTypes;
import io.millrace.pipeline.definition.ResultDefinition;
import org.apache.flink.table.types.logical.RowType;

/** Checks a target that exists against what its query gives. */
final class ResultTables {
    private ResultTables() {}

    static RowType nullable(RowType rowType) {
        return new RowType(
                rowType.isNullable(),
                rowType.getFields().stream()
                        .map(f -> new RowType.RowField(f.getName(), f.getType().copy(true)))
                        .toList());
    }

    static DatasetResolution resolve(DeltaTable table, RowType rowType, ResultDefinition result) {
        String name = result.name();
        String location = table.location();
        if (!table.exists()) {
            return DatasetResolution.ofResult(name, location, "", -1, result.key());
        }
        TableSnapshot snapshot = table.snapshot();
        TableMetadata metadata = snapshot.metadata();
        RowType present = DeltaTypes.toRowType(metadata.schema());
        if (!nullable(present).equals(nullable(known(present, rowType, result)))) {
            throw refuse(
                    name,
                    snapshot,
                    "its columns are " + present + ", but its query gives " + rowType);
        }
        if (!metadata.key().isEmpty() && !metadata.key().equals(result.key())) {
            throw refuse(
                    name,
                    snapshot,
                    "its key is " + metadata.key() + ", but the definition says " + result.key());
        }
        if (!metadata.partitionColumns().equals(result.partitionBy())) {
            throw refuse(
                    name,
                    snapshot,
                    "it is partitioned by "
                            + metadata.partitionColumns()
                            + ", but the definition says "
                            + result.partitionBy());
        }
        return DatasetResolution.ofResult(
                name, location, metadata.id(), snapshot.version(), result.key());
    }

    /** The columns that the table has to have now; others are added to it when the job starts. */
    private static RowType known(RowType present, RowType rowType, ResultDefinition result) {
        boolean adds = "add-columns".equals(result.options().get("sink.schema-evolution"));
        int columns = present.getFieldCount();
        return adds && rowType.getFieldCount() > columns
                ? new RowType(rowType.isNullable(), rowType.getFields().subList(0, columns))
                : rowType;
    }

    private static RefusedException refuse(String name, TableSnapshot snapshot, String problem) {
        return new RefusedException(
                name
                        + ": cannot write to the table at version "
                        + snapshot.version()
                        + ": "
                        + problem
                        + ". Give the result another name, or move the table away.");
    }
}
