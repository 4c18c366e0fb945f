package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.Predicate;
import io.millrace.delta.source.ReadMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * A Delta table in a query: its changes as a changelog, or rows that are only inserted.
 *
 * <p>Each scan projects for itself behind the stream that all scans of the table share. A filter
 * that is pushed down says which files to skip; the condition stays in the plan, but for conditions
 * on partitions in batch.
 */
final class DeltaTableSource
        implements ScanTableSource,
                SupportsProjectionPushDown,
                SupportsFilterPushDown,
                SupportsReadingMetadata {

    private final DeltaScan scan;

    private ScanNeeds needs;
    private List<ScanMetadata> metadata;
    private DataType producedType;

    DeltaTableSource(DeltaScan scan, DataType physicalType) {
        this(
                scan,
                new ScanNeeds(DataType.getFieldNames(physicalType), Predicate.TRUE),
                List.of(),
                physicalType);
    }

    private DeltaTableSource(
            DeltaScan scan, ScanNeeds needs, List<ScanMetadata> metadata, DataType producedType) {
        this.scan = requireNonNull(scan, "scan is null");
        this.needs = requireNonNull(needs, "needs is null");
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
                scan, needs, metadata, (RowType) producedType.getLogicalType());
    }

    @Override
    public boolean supportsNestedProjection() {
        return false;
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedDataType) {
        List<String> before = needs.columns();
        needs =
                needs.reading(
                        Arrays.stream(Projection.of(projectedFields).toTopLevelIndexes())
                                .mapToObj(before::get)
                                .toList());
        producedType = producedDataType;
    }

    @Override
    public Result applyFilters(List<ResolvedExpression> filters) {
        PushedFilters pushed = PushedFilters.of(scan, needs, filters);
        needs = needs.filteredBy(pushed.predicate());
        return pushed.result();
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
        return new DeltaTableSource(scan, needs, metadata, producedType);
    }

    @Override
    public String asSummaryString() {
        return "Delta table " + scan.dataset();
    }
}
