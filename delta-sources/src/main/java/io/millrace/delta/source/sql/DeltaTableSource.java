package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.ChangeFeedNeed;
import io.millrace.delta.scan.FieldPath;
import io.millrace.delta.scan.PartitionColumn;
import io.millrace.delta.scan.ScanUnit;
import io.millrace.delta.scan.ScanUnitSource;
import io.millrace.delta.scan.SnapshotFiles;
import io.millrace.delta.source.ReadMode;
import io.millrace.delta.source.StartingPosition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.RowLevelModificationScanContext;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsAggregatePushDown;
import org.apache.flink.table.connector.source.abilities.SupportsDynamicFiltering;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsRowLevelModificationScan;
import org.apache.flink.table.connector.source.abilities.SupportsStatisticReport;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.plan.stats.TableStats;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * A Delta table in a query: its changes as a changelog, or rows that are only inserted.
 *
 * <p>Each scan projects for itself behind the stream that all scans of the table share. A filter
 * that is pushed down says which files to skip; the condition stays in the plan, but for conditions
 * on partitions in batch. Where one version is read in batch, limits, counts and extremes are
 * pushed down, too, the planner is told what the log knows of the rows, and joins say at run time
 * which partitions they need.
 */
final class DeltaTableSource
        implements ScanTableSource,
                SupportsProjectionPushDown,
                SupportsFilterPushDown,
                SupportsLimitPushDown,
                SupportsDynamicFiltering,
                SupportsAggregatePushDown,
                SupportsStatisticReport,
                SupportsReadingMetadata,
                SupportsRowLevelModificationScan,
                ScanUnitSource,
                ChangeFeedNeed {

    private final DeltaScan scan;
    private final SnapshotFiles files;

    private ScanNeeds needs;
    private List<ScanMetadata> metadata;
    private DataType producedType;
    private Optional<RowData> aggregated = Optional.empty();

    /** Columns of the values that a join will have found when files are handed out. */
    private Optional<List<PartitionColumn>> joinedBy = Optional.empty();

    DeltaTableSource(DeltaScan scan, DataType physicalType) {
        this(
                scan,
                new SnapshotFiles(scan.whole().table(), scan.run().endVersion()),
                new ScanNeeds(DataType.getFieldNames(physicalType)),
                List.of(),
                physicalType);
    }

    private DeltaTableSource(
            DeltaScan scan,
            SnapshotFiles files,
            ScanNeeds needs,
            List<ScanMetadata> metadata,
            DataType producedType) {
        this.scan = requireNonNull(scan, "scan is null");
        this.files = requireNonNull(files, "files is null");
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
        RowType type = (RowType) producedType.getLogicalType();
        return aggregated
                .<ScanRuntimeProvider>map(row -> new StatisticsProvider(scan, row, type))
                .orElseGet(
                        () ->
                                new DeltaScanProvider(
                                        scan, needs, metadata, type, joinedBy.orElse(List.of())));
    }

    @Override
    public boolean supportsNestedProjection() {
        return NeededFields.canBeOffered(scan.whole().rowType());
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedDataType) {
        needs =
                needs.projected(
                        (RowType) producedType.getLogicalType(),
                        projectedFields,
                        DataType.getFieldNames(producedDataType));
        producedType = producedDataType;
    }

    @Override
    public Result applyFilters(List<ResolvedExpression> filters) {
        PushedFilters pushed = PushedFilters.of(scan, files, needs, changeType(), filters);
        needs = needs.filteredBy(pushed.predicate(), pushed.kinds());
        return pushed.result();
    }

    /** Metadata columns come last, with names of the statement's. */
    private Optional<String> changeType() {
        int position = metadata.indexOf(ScanMetadata.CHANGE_TYPE);
        List<String> names = DataType.getFieldNames(producedType);
        return position < 0
                ? Optional.empty()
                : Optional.of(names.get(names.size() - metadata.size() + position));
    }

    /** The limit stays in the plan; files behind enough rows need not be read. */
    @Override
    public void applyLimit(long limit) {
        if (scan.isSnapshot()) {
            needs = needs.limitedTo(limit);
        }
    }

    @Override
    public boolean applyAggregates(
            List<int[]> groupingSets, List<AggregateExpression> aggregates, DataType type) {
        if (!scan.isSnapshot()) {
            return false;
        }
        aggregated = PushedAggregates.of(scan, files, needs, groupingSets, aggregates);
        if (aggregated.isPresent()) {
            producedType = type;
        }
        return aggregated.isPresent();
    }

    /** A limit counts rows of files that a join may then leave out. */
    @Override
    public List<String> listAcceptedFilterFields() {
        if (!scan.joinFilters()
                || !scan.isSnapshot()
                || needs.limit().isPresent()
                || metadata.stream().anyMatch(ScanMetadata::isPlace)) {
            return List.of();
        }
        return DataType.getFieldNames(producedType).stream()
                .filter(field -> partitionColumn(field).isPresent())
                .toList();
    }

    /** Where scans that the planner holds for one are joined by other columns, none is filtered. */
    @Override
    public void applyDynamicFiltering(List<String> fields) {
        List<PartitionColumn> columns =
                fields.stream().map(field -> partitionColumn(field).orElseThrow()).toList();
        boolean otherwise = joinedBy.isPresent() && !joinedBy.get().equals(columns);
        joinedBy = Optional.of(otherwise ? List.of() : columns);
    }

    private Optional<PartitionColumn> partitionColumn(String field) {
        return needs.pathOf(FieldPath.of(field))
                .filter(path -> !path.isNested())
                .flatMap(path -> scan.tableColumn(path.column()))
                .flatMap(files::partitionColumn);
    }

    @Override
    public TableStats reportStatistics() {
        return scan.isSnapshot()
                ? ReportedStatistics.of(scan, files, needs, producedType)
                : TableStats.UNKNOWN;
    }

    @Override
    public Optional<ScanUnit> scanUnit() {
        if (scan.mode() != ReadMode.SNAPSHOT
                && !(scan.whole().start() instanceof StartingPosition.Snapshot)) {
            return Optional.empty();
        }
        return Optional.of(
                ScanUnit.of(
                        scan.dataset(),
                        files.summary(needs.filter(), List.of()),
                        needs.filter(),
                        needs.paths().stream().map(FieldPath::toString).toList()));
    }

    @Override
    public boolean takesAppendsOnly() {
        return scan.mode() == ReadMode.APPEND_ONLY;
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
    public RowLevelModificationScanContext applyRowLevelModificationScan(
            RowLevelModificationType type, RowLevelModificationScanContext previous) {
        RowLevelScan before =
                previous instanceof RowLevelScan other ? other : new RowLevelScan(Map.of());
        return before.with(
                scan.whole().location(),
                scan.isSnapshot() ? scan.run().endVersion() : OptionalLong.empty());
    }

    @Override
    public DynamicTableSource copy() {
        DeltaTableSource copy = new DeltaTableSource(scan, files, needs, metadata, producedType);
        copy.aggregated = aggregated;
        copy.joinedBy = joinedBy;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "Delta table " + scan.dataset();
    }
}
