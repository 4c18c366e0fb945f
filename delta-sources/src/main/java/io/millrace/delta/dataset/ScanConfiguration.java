package io.millrace.delta.dataset;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.ScanAlignment;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.RowType;

/**
 * How a dataset is scanned, whoever scans it.
 *
 * @param dataset the name by which state, options and commits know it
 * @param location where the table lies; not part of the identity
 * @param projection what the user says of the columns
 * @param rowType columns of the dataset
 * @param alignment how they come from the table's
 * @param key columns of the primary key; empty where there is none
 * @param schema the columns as an Arrow schema in JSON
 * @param identityHash hash of what makes two scans the same, see {@link ScanIdentity}
 */
@Internal
public record ScanConfiguration(
        String dataset,
        String location,
        DeclaredProjection projection,
        RowType rowType,
        ScanAlignment alignment,
        List<String> key,
        String schema,
        String identityHash) {

    public ScanConfiguration {
        requireNonNull(dataset, "dataset is null");
        requireNonNull(location, "location is null");
        requireNonNull(projection, "projection is null");
        requireNonNull(rowType, "rowType is null");
        requireNonNull(alignment, "alignment is null");
        key = List.copyOf(key);
        requireNonNull(schema, "schema is null");
        requireNonNull(identityHash, "identityHash is null");
    }

    /** Those columns of the table that the dataset has as they are, in its names. */
    public List<String> plainColumns(List<String> tableColumns) {
        List<String> plain = new ArrayList<>();
        for (String tableColumn : tableColumns) {
            rowType.getFieldNames().stream()
                    .filter(alignment::isPlain)
                    .filter(name -> alignment.tableName(name).get().equals(tableColumn))
                    .findFirst()
                    .ifPresent(plain::add);
        }
        return plain;
    }

    static ScanConfiguration of(
            String dataset,
            String location,
            DeclaredProjection projection,
            ProjectedColumns columns,
            RowType rowType,
            List<String> key) {
        String schema = ArrowSchemas.json(rowType);
        return new ScanConfiguration(
                dataset,
                location,
                projection,
                rowType,
                columns.alignment(),
                key,
                schema,
                ScanIdentity.hash(dataset, projection, schema, key));
    }
}
