package io.millrace.tests.scan;

import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TransactionId;
import io.millrace.delta.write.TableWrite;
import io.millrace.delta.write.WriteSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;

/** Tables of a warehouse that a test writes, one commit at a time. */
final class WrittenTables {

    private final Path warehouse;
    private long transaction;

    WrittenTables(Path warehouse) {
        this.warehouse = warehouse;
    }

    /**
     * Commits rows; makes the table with the first ones.
     *
     * @param type as SQL writes it; the first column is the key
     * @param partitions columns that the table is partitioned by
     */
    void upsert(String table, String type, List<String> partitions, List<GenericRowData> rows)
            throws IOException {
        RowType rowType =
                (RowType) LogicalTypeParser.parse(type, WrittenTables.class.getClassLoader());
        String location = warehouse.resolve(table).toString();
        WriteSpec spec =
                WriteSpec.of(location, rowType, List.of(rowType.getFieldNames().get(0)))
                        .partitionedBy(partitions);
        try (TableWrite write = TableWrite.open(DeltaTable.at(location), spec)) {
            for (GenericRowData row : rows) {
                write.upsert(row);
            }
            write.commit(new TransactionId("test", ++transaction), Map.of());
        }
    }

    /** A row; strings as they are. */
    static GenericRowData row(Object... values) {
        GenericRowData row = new GenericRowData(values.length);
        for (int i = 0; i < values.length; i++) {
            row.setField(i, values[i] instanceof String s ? StringData.fromString(s) : values[i]);
        }
        return row;
    }
}
