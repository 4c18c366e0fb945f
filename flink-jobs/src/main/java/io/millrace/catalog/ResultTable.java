package io.millrace.catalog;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.types.logical.RowType;

/**
 * A target of a pipeline.
 *
 * @param rowType columns as its query gives them
 * @param options further table options, {@code sink.*}
 */
public record ResultTable(
        String dataset,
        String location,
        RowType rowType,
        List<String> key,
        List<String> partitionBy,
        String comment,
        Map<String, String> options) {
    public ResultTable {
        requireNonNull(dataset, "dataset is null");
        requireNonNull(location, "location is null");
        requireNonNull(rowType, "rowType is null");
        key = List.copyOf(key);
        partitionBy = List.copyOf(partitionBy);
        requireNonNull(comment, "comment is null");
        options = Map.copyOf(options);
    }

    /** As a table of the catalog. */
    CatalogTable table() {
        Map<String, String> all = new HashMap<>(options);
        all.putAll(TableDescriptions.options(dataset, location));
        return CatalogTable.newBuilder()
                .schema(TableDescriptions.schema(dataset, rowType, key))
                .comment(comment)
                .partitionKeys(partitionBy)
                .options(all)
                .build();
    }
}
