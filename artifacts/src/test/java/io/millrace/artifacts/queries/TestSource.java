package io.millrace.artifacts.queries;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Rows of {@link TestValues}; projections of nested fields and metadata are pushed into it. */
final class TestSource
        implements ScanTableSource,
                SupportsProjectionPushDown,
                SupportsFilterPushDown,
                SupportsReadingMetadata {
    private final RowType rowType;
    private final TestValues values;
    private final ChangelogMode mode;
    private final String filtered;
    private int[][] projection;
    private int metadata;
    private LogicalType produced;

    TestSource(RowType rowType, TestValues values, ChangelogMode mode, String filtered) {
        this.rowType = rowType;
        this.values = values;
        this.mode = mode;
        this.filtered = filtered;
        this.projection =
                IntStream.range(0, rowType.getFieldCount())
                        .mapToObj(i -> new int[] {i})
                        .toArray(int[][]::new);
        this.produced = rowType;
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return mode;
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        List<RowData> rows = new ArrayList<>();
        for (int i = 0; i < TestValues.ROWS; i++) {
            rows.add(project((GenericRowData) values.row(rowType, i), i));
        }
        InternalTypeInfo<RowData> type = InternalTypeInfo.of(produced);
        return new DataStreamScanProvider() {
            @Override
            public DataStream<RowData> produceDataStream(
                    ProviderContext provider, StreamExecutionEnvironment execution) {
                return execution.fromData(rows, type).setParallelism(1);
            }

            @Override
            public boolean isBounded() {
                return true;
            }
        };
    }

    private RowData project(GenericRowData row, int number) {
        GenericRowData projected = new GenericRowData(projection.length + metadata);
        for (int i = 0; i < projection.length; i++) {
            Object value = row;
            for (int position : projection[i]) {
                value = ((GenericRowData) value).getField(position);
            }
            projected.setField(i, value);
        }
        for (int i = 0; i < metadata; i++) {
            projected.setField(projection.length + i, (long) number);
        }
        return projected;
    }

    @Override
    public boolean supportsNestedProjection() {
        return true;
    }

    @Override
    public void applyProjection(int[][] fields, DataType type) {
        projection = fields;
        produced = type.getLogicalType();
    }

    @Override
    public Map<String, DataType> listReadableMetadata() {
        return Map.of("version", DataTypes.BIGINT().notNull());
    }

    @Override
    public void applyReadableMetadata(List<String> keys, DataType type) {
        metadata = keys.size();
        produced = type.getLogicalType();
    }

    @Override
    public Result applyFilters(List<ResolvedExpression> filters) {
        List<ResolvedExpression> taken = filters.stream().filter(this::isTaken).toList();
        List<ResolvedExpression> left = new ArrayList<>(filters);
        left.removeAll(taken);
        return Result.of(taken, left);
    }

    private boolean isTaken(ResolvedExpression filter) {
        return filter instanceof CallExpression call
                && call.getResolvedChildren().stream()
                        .filter(FieldReferenceExpression.class::isInstance)
                        .allMatch(f -> ((FieldReferenceExpression) f).getName().equals(filtered))
                && call.getResolvedChildren().get(0) instanceof FieldReferenceExpression;
    }

    @Override
    public DynamicTableSource copy() {
        TestSource copy = new TestSource(rowType, values, mode, filtered);
        copy.projection = projection;
        copy.metadata = metadata;
        copy.produced = produced;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "test";
    }
}
