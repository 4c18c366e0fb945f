package io.millrace.delta.source.metadata;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.table.CommitSummary;
import io.millrace.delta.table.DeltaTable;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/** The versions of a table that can be read, as rows. */
final class SnapshotsRows {

    static final List<Field> COLUMNS =
            List.of(
                    DataTypes.FIELD("version", DataTypes.BIGINT().notNull()),
                    DataTypes.FIELD("commit_timestamp", DataTypes.TIMESTAMP_LTZ(3).notNull()),
                    DataTypes.FIELD("operation", DataTypes.STRING()),
                    DataTypes.FIELD("has_checkpoint", DataTypes.BOOLEAN().notNull()),
                    DataTypes.FIELD("is_current", DataTypes.BOOLEAN().notNull()));

    private SnapshotsRows() {}

    static CloseableIterator<RowData> read(DeltaTable table, long version, List<String> columns) {
        Set<Long> checkpoints = table.log().checkpoints();
        return table.log()
                .history(table.log().firstSnapshotVersion())
                .takeWhile(commit -> commit.version() <= version)
                .map(
                        commit ->
                                Values.row(
                                        columns,
                                        column -> value(column, commit, version, checkpoints)));
    }

    private static Object value(
            String column, CommitSummary commit, long newest, Set<Long> checkpoints) {
        return switch (column) {
            case "version" -> commit.version();
            case "commit_timestamp" -> TimestampData.fromEpochMillis(commit.timestamp());
            case "operation" ->
                    commit.info().operation().isEmpty()
                            ? null
                            : StringData.fromString(commit.info().operation());
            case "has_checkpoint" -> checkpoints.contains(commit.version());
            case "is_current" -> commit.version() == newest;
            default -> throw new IllegalArgumentException("no column " + column);
        };
    }
}
