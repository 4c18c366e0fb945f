package io.millrace.delta.source.metadata;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TransactionMark;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/** The newest transaction of each application in a version, as rows. */
final class TransactionsRows {

    static final List<Field> COLUMNS =
            List.of(
                    DataTypes.FIELD("app_id", DataTypes.STRING().notNull()),
                    DataTypes.FIELD("transaction_version", DataTypes.BIGINT().notNull()),
                    DataTypes.FIELD("last_updated", DataTypes.TIMESTAMP_LTZ(3)));

    private TransactionsRows() {}

    static CloseableIterator<RowData> read(DeltaTable table, long version, List<String> columns) {
        return Values.rows(
                table.snapshot(version).transactions().stream()
                        .sorted(Comparator.comparing(mark -> mark.id().appId()))
                        .map(mark -> Values.row(columns, column -> value(column, mark)))
                        .toList());
    }

    private static Object value(String column, TransactionMark mark) {
        return switch (column) {
            case "app_id" -> StringData.fromString(mark.id().appId());
            case "transaction_version" -> mark.id().version();
            case "last_updated" ->
                    mark.lastUpdated().isPresent()
                            ? TimestampData.fromEpochMillis(mark.lastUpdated().getAsLong())
                            : null;
            default -> throw new IllegalArgumentException("no column " + column);
        };
    }
}
