package io.millrace.tests.bench;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.source.changes.ChangeRules;
import io.millrace.delta.source.changes.FileChange;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.VersionActions;
import io.millrace.delta.types.DeltaTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * The files that hold a table's change feed from version 0.
 *
 * @param metadata of the newest version
 */
record FeedFiles(DeltaTable table, TableMetadata metadata, List<FileToRead> files) {

    FeedFiles {
        requireNonNull(table, "table is null");
        requireNonNull(metadata, "metadata is null");
        files = List.copyOf(files);
    }

    static FeedFiles of(String location) throws IOException {
        DeltaTable table = DeltaTable.at(location);
        TableMetadata metadata = table.snapshot().metadata();
        if (!metadata.partitionColumns().isEmpty()) {
            throw new IllegalArgumentException(
                    location + ": flink-parquet knows no Delta partitions; take another table");
        }
        ChangeRules rules = new ChangeRules((path, version) -> Map.of());
        List<FileToRead> files = new ArrayList<>();
        try (CloseableIterator<VersionActions> commits = table.log().read(0)) {
            while (commits.hasNext()) {
                for (FileChange change : rules.changes(commits.next(), false)) {
                    files.add(change.file());
                }
            }
        }
        return new FeedFiles(table, metadata, files);
    }

    /** The table's columns. */
    RowType columns() {
        return DeltaTypes.toRowType(metadata.schema());
    }

    /** The table's columns and the change type, which data files lack. */
    RowType columnsAndChangeType() {
        List<RowType.RowField> fields = new ArrayList<>(columns().getFields());
        fields.add(new RowType.RowField("_change_type", new VarCharType(VarCharType.MAX_LENGTH)));
        return new RowType(fields);
    }
}
