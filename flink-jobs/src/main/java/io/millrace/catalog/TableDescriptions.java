package io.millrace.catalog;

import io.millrace.delta.dataset.Dataset;
import io.millrace.delta.table.RefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.TypeConversions;

/** Datasets as tables of a catalog. */
final class TableDescriptions {
    private TableDescriptions() {}

    static CatalogTable of(Dataset dataset, Map<String, String> further) {
        Map<String, String> options = new HashMap<>(further);
        options.putAll(options(dataset.identity(), dataset.table().location()));
        return CatalogTable.newBuilder()
                .schema(schema(dataset.identity(), dataset.rowType(), dataset.key()))
                .comment("")
                .partitionKeys(partitionKeys(dataset))
                .options(options)
                .build();
    }

    /** Those that are columns of the dataset; a cast makes another column of it. */
    private static List<String> partitionKeys(Dataset dataset) {
        return dataset.scan().plainColumns(dataset.snapshot().metadata().partitionColumns());
    }

    static Map<String, String> options(String dataset, String location) {
        return Map.of("connector", "delta", "path", location, "dataset", dataset);
    }

    static Schema schema(String dataset, RowType rowType, List<String> key) {
        for (String column : key) {
            if (!rowType.getFieldNames().contains(column)) {
                throw new RefusedException(
                        dataset
                                + ": the key column '"
                                + column
                                + "' is not one of its columns "
                                + rowType.getFieldNames()
                                + ". Correct the key.");
            }
        }
        List<DataTypes.Field> fields = new ArrayList<>();
        for (RowType.RowField field : rowType.getFields()) {
            LogicalType type =
                    key.contains(field.getName()) ? field.getType().copy(false) : field.getType();
            DataType dataType = TypeConversions.fromLogicalToDataType(type);
            fields.add(DataTypes.FIELD(field.getName(), dataType));
        }
        Schema.Builder schema = Schema.newBuilder().fromRowDataType(DataTypes.ROW(fields));
        if (!key.isEmpty()) {
            schema.primaryKey(key);
        }
        return schema.build();
    }
}
