package io.millrace.delta.source.metadata;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.dataset.ConsumerPosition;
import io.millrace.delta.dataset.ConsumerPositions;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableSnapshot;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/** How far the consumers of a table are, as rows. */
final class ConsumersRows {

    static final List<Field> COLUMNS =
            List.of(
                    DataTypes.FIELD("consumer", DataTypes.STRING().notNull()),
                    DataTypes.FIELD("dataset", DataTypes.STRING().notNull()),
                    DataTypes.FIELD("version", DataTypes.BIGINT().notNull()),
                    DataTypes.FIELD("versions_behind", DataTypes.BIGINT().notNull()),
                    DataTypes.FIELD("updated", DataTypes.TIMESTAMP_LTZ(3).notNull()),
                    DataTypes.FIELD("location", DataTypes.STRING().notNull()));

    private ConsumersRows() {}

    /**
     * @param folder where positions are recorded; none are where it is empty
     */
    static CloseableIterator<RowData> read(
            DeltaTable table, long version, String folder, List<String> columns) {
        if (folder.isEmpty()) {
            return Values.rows(List.of());
        }
        TableSnapshot snapshot = table.snapshot(version);
        return Values.rows(
                new ConsumerPositions(Path.of(folder))
                        .of(snapshot.metadata().id()).stream()
                                .map(
                                        position ->
                                                Values.row(
                                                        columns,
                                                        column -> value(column, position, version)))
                                .toList());
    }

    private static Object value(String column, ConsumerPosition position, long newest) {
        return switch (column) {
            case "consumer" -> StringData.fromString(position.consumer());
            case "dataset" -> StringData.fromString(position.dataset());
            case "version" -> position.version();
            case "versions_behind" -> Math.max(0, newest - position.version());
            case "updated" -> TimestampData.fromInstant(position.updated());
            case "location" -> StringData.fromString(position.location());
            default -> throw new IllegalArgumentException("no column " + column);
        };
    }
}
