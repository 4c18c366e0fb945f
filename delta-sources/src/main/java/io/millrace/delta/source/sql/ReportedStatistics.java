package io.millrace.delta.source.sql;

import io.millrace.delta.scan.SnapshotFiles;
import io.millrace.delta.scan.SnapshotSummary;
import java.sql.Date;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.plan.stats.ColumnStats;
import org.apache.flink.table.plan.stats.TableStats;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** What the planner is told of the rows that a scan reads, for its estimates. */
final class ReportedStatistics {

    private ReportedStatistics() {}

    static TableStats of(
            DeltaScan scan, SnapshotFiles files, ScanNeeds needs, DataType producedType) {
        Map<String, String> inTable = new HashMap<>();
        for (ScanNeeds.Field field : needs.fields()) {
            Optional.of(field.path())
                    .filter(path -> !path.isNested())
                    .flatMap(path -> scan.tableColumn(path.column()))
                    .ifPresent(name -> inTable.put(field.name(), name));
        }
        SnapshotSummary summary =
                files.summary(needs.filter(), inTable.values().stream().sorted().toList());
        if (summary.rows().isEmpty()) {
            return TableStats.UNKNOWN;
        }
        RowType type = (RowType) producedType.getLogicalType();
        Map<String, ColumnStats> columns = new HashMap<>();
        inTable.forEach(
                (column, name) -> {
                    int position = type.getFieldIndex(column);
                    if (position >= 0) {
                        columns.put(
                                column,
                                column(summary.columns().get(name), type.getTypeAt(position)));
                    }
                });
        return new TableStats(summary.rows().getAsLong(), columns);
    }

    private static ColumnStats column(SnapshotSummary.Column column, LogicalType type) {
        ColumnStats.Builder stats = ColumnStats.Builder.builder();
        if (column.nulls().isPresent()) {
            stats.setNullCount(column.nulls().getAsLong());
        }
        external(column.minimum(type), type).ifPresent(stats::setMin);
        external(column.maximum(type), type).ifPresent(stats::setMax);
        return stats.build();
    }

    /** As the planner's estimates know values; the others are not estimated by. */
    private static Optional<Comparable<?>> external(Optional<Object> value, LogicalType type) {
        return value.flatMap(
                internal ->
                        switch (type.getTypeRoot()) {
                            case TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE ->
                                    Optional.of((Comparable<?>) internal);
                            case DECIMAL -> Optional.of(((DecimalData) internal).toBigDecimal());
                            case DATE ->
                                    Optional.of(
                                            Date.valueOf(LocalDate.ofEpochDay((Integer) internal)));
                            case CHAR, VARCHAR -> Optional.of(internal.toString());
                            default -> Optional.empty();
                        });
    }
}
