package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.metadata.MetadataSource;
import io.millrace.delta.source.metadata.MetadataTable;
import io.millrace.delta.table.DeltaTable;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.types.DataType;

/** The files or the history of a Delta table in a query; what is not asked for is not made. */
final class MetadataTableSource implements ScanTableSource, SupportsProjectionPushDown {

    private final String dataset;
    private final MetadataTable metadataTable;
    private final DeltaTable table;
    private final long version;
    private final String consumers;

    private List<String> columns;

    MetadataTableSource(
            String dataset,
            MetadataTable metadataTable,
            DeltaTable table,
            long version,
            String consumers,
            List<String> columns) {
        this.dataset = requireNonNull(dataset, "dataset is null");
        this.metadataTable = requireNonNull(metadataTable, "metadataTable is null");
        this.table = requireNonNull(table, "table is null");
        this.version = version;
        this.consumers = requireNonNull(consumers, "consumers is null");
        this.columns = List.copyOf(columns);
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        return SourceProvider.of(
                new MetadataSource(
                        metadataTable,
                        table.location(),
                        table.storage(),
                        version,
                        consumers,
                        columns),
                1);
    }

    @Override
    public boolean supportsNestedProjection() {
        return false;
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedDataType) {
        List<String> before = columns;
        columns =
                Arrays.stream(Projection.of(projectedFields).toTopLevelIndexes())
                        .mapToObj(before::get)
                        .toList();
    }

    @Override
    public DynamicTableSource copy() {
        return new MetadataTableSource(dataset, metadataTable, table, version, consumers, columns);
    }

    @Override
    public String asSummaryString() {
        return "%s of %s at version %d".formatted(metadataTable, dataset, version);
    }
}
