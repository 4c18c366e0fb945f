package io.millrace.catalog;

import io.millrace.catalog.information.FixedRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.TypeConversions;

/** Tables whose rows are in this process, for tests. */
final class MemoryTables {

    static final String CONNECTOR = "memory-rows";

    private final Map<ObjectPath, List<RowData>> rows = new HashMap<>();

    CatalogTable add(ObjectPath path, RowType rowType, List<RowData> content) {
        rows.put(path, List.copyOf(content));
        return CatalogTable.newBuilder()
                .schema(
                        Schema.newBuilder()
                                .fromRowDataType(TypeConversions.fromLogicalToDataType(rowType))
                                .build())
                .comment("")
                .options(Map.of("connector", CONNECTOR))
                .build();
    }

    DynamicTableSource source(ObjectIdentifier identifier, RowType rowType) {
        List<RowData> content = rows.get(identifier.toObjectPath());
        if (content == null) {
            throw new ValidationException(
                    "%s: cannot be read: its rows were in the memory of another process. Make the table anew."
                            .formatted(identifier.asSummaryString()));
        }
        return new FixedRows(identifier.asSummaryString(), rowType, () -> content);
    }
}
