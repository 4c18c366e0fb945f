package io.millrace.delta.source.metadata;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableSnapshot;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;

/** The data files of a version as rows. */
final class FilesRows {

    private static final DataType TEXT = DataTypes.STRING();
    private static final DataType TEXTS = DataTypes.MAP(TEXT.notNull(), TEXT);

    static final List<Field> COLUMNS =
            List.of(
                    DataTypes.FIELD("path", TEXT.notNull()),
                    DataTypes.FIELD("partition_values", TEXTS.notNull()),
                    DataTypes.FIELD("size_in_bytes", DataTypes.BIGINT().notNull()),
                    DataTypes.FIELD("modification_time", DataTypes.TIMESTAMP_LTZ(3).notNull()),
                    DataTypes.FIELD("record_count", DataTypes.BIGINT()),
                    DataTypes.FIELD("deleted_count", DataTypes.BIGINT().notNull()),
                    DataTypes.FIELD(
                            "null_counts", DataTypes.MAP(TEXT.notNull(), DataTypes.BIGINT())),
                    DataTypes.FIELD("min_values", TEXTS),
                    DataTypes.FIELD("max_values", TEXTS),
                    DataTypes.FIELD("tight_bounds", DataTypes.BOOLEAN()),
                    DataTypes.FIELD("tags", TEXTS.notNull()));

    private FilesRows() {}

    static CloseableIterator<RowData> read(DeltaTable table, long version, List<String> columns) {
        TableSnapshot snapshot = table.snapshot(version);
        LogicalNames names = new LogicalNames(snapshot.metadata());
        return snapshot.files().map(file -> row(table, file, names, columns));
    }

    private static RowData row(
            DeltaTable table, DataFile file, LogicalNames names, List<String> columns) {
        FileStatistics statistics = new FileStatistics(file.stats(), names);
        return Values.row(
                columns,
                column ->
                        switch (column) {
                            case "path" -> StringData.fromString(table.resolve(file.path()));
                            case "partition_values" ->
                                    Values.texts(names.ofColumns(file.partitionValues()));
                            case "size_in_bytes" -> file.size();
                            case "modification_time" ->
                                    TimestampData.fromEpochMillis(file.modificationTime());
                            case "deleted_count" ->
                                    file.deletionVector()
                                            .map(DeletionVector::cardinality)
                                            .orElse(0L);
                            case "tags" -> Values.texts(file.tags());
                            default -> statistics.value(column);
                        });
    }
}
