package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.ReadMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * A Delta table in a query: its changes as a changelog, or rows that are only inserted.
 *
 * <p>Top-level columns are projected; each scan projects for itself behind the stream that all
 * scans of the table share.
 */
final class DeltaTableSource
        implements ScanTableSource, SupportsProjectionPushDown, SupportsReadingMetadata {

    private final DeltaScan scan;

    private List<String> columns;
    private List<ScanMetadata> metadata;
    private DataType producedType;

    DeltaTableSource(DeltaScan scan, DataType physicalType) {
        this(scan, DataType.getFieldNames(physicalType), List.of(), physicalType);
    }

    private DeltaTableSource(
            DeltaScan scan,
            List<String> columns,
            List<ScanMetadata> metadata,
            DataType producedType) {
        this.scan = requireNonNull(scan, "scan is null");
        this.columns = List.copyOf(columns);
        this.metadata = List.copyOf(metadata);
        this.producedType = requireNonNull(producedType, "producedType is null");
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return scan.mode() == ReadMode.CHANGELOG ? ChangelogMode.all() : ChangelogMode.insertOnly();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        return new DeltaScanProvider(
                scan, columns, metadata, (RowType) producedType.getLogicalType());
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
        producedType = producedDataType;
    }

    @Override
    public Map<String, DataType> listReadableMetadata() {
        return ScanMetadata.types();
    }

    @Override
    public void applyReadableMetadata(List<String> metadataKeys, DataType producedDataType) {
        metadata = metadataKeys.stream().map(ScanMetadata::ofKey).toList();
        producedType = producedDataType;
    }

    @Override
    public DynamicTableSource copy() {
        return new DeltaTableSource(scan, columns, metadata, producedType);
    }

    @Override
    public String asSummaryString() {
        return "Delta table " + scan.dataset();
    }
}
