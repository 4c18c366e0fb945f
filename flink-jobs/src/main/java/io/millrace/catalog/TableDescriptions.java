package io.millrace.catalog;

import io.delta.kernel.types.StructField;
import io.millrace.delta.dataset.Dataset;
import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.sink.sql.DeltaTables;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.Secrets;
import io.millrace.delta.table.TableMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    /** A pipeline's source, with what the pipeline says of it. */
    static CatalogTable source(Dataset dataset, Request source) {
        Map<String, String> options = new HashMap<>(source.storage().asTableOptions());
        options.putAll(source.projection().asTableOptions());
        return of(dataset, options);
    }

    /**
     * A table as its log says it: with comments and properties. The latter stand among the options,
     * so that the statement that shows them makes such a table.
     */
    static CatalogTable found(Dataset dataset) {
        TableMetadata metadata = dataset.snapshot().metadata();
        Map<String, String> options = new TreeMap<>(metadata.properties());
        options.keySet().removeIf(TableDescriptions::isUpkeep);
        options.replaceAll(Secrets::shown);
        CatalogTable plain = of(dataset, options);
        Map<String, String> comments = new HashMap<>();
        for (StructField column : metadata.schema().fields()) {
            if (column.getMetadata().contains(TableMetadata.COLUMN_COMMENT)) {
                comments.put(
                        column.getName(),
                        column.getMetadata().getString(TableMetadata.COLUMN_COMMENT));
            }
        }
        return CatalogTable.newBuilder()
                .schema(commented(plain.getUnresolvedSchema(), comments))
                .comment(metadata.description())
                .partitionKeys(plain.getPartitionKeys())
                .options(plain.getOptions())
                .build();
    }

    /** What a table keeps count of by itself, and what is said in another place. */
    private static boolean isUpkeep(String property) {
        return property.equals(TableMetadata.KEY_PROPERTY)
                || property.equals("delta.columnMapping.maxColumnId")
                || property.startsWith("delta.rowTracking.materialized")
                || property.startsWith("delta.inCommitTimestampEnablement")
                || DeltaTables.isOption(property);
    }

    private static Schema commented(Schema schema, Map<String, String> comments) {
        Schema.Builder commented = Schema.newBuilder();
        for (Schema.UnresolvedColumn column : schema.getColumns()) {
            Schema.UnresolvedPhysicalColumn physical = (Schema.UnresolvedPhysicalColumn) column;
            commented.column(physical.getName(), physical.getDataType());
            String comment = comments.get(physical.getName());
            if (comment != null && !comment.isEmpty()) {
                commented.withComment(comment);
            }
        }
        schema.getPrimaryKey().ifPresent(key -> commented.primaryKey(key.getColumnNames()));
        return commented.build();
    }

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
