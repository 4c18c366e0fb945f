package io.millrace.catalog.information;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;

/** A table whose rows are known when a statement is planned; they are read in their order. */
public final class FixedRows implements ScanTableSource {

    private final String name;
    private final RowType rowType;
    private final Supplier<List<RowData>> rows;

    /**
     * @param rows asked for once for each plan
     */
    public FixedRows(String name, RowType rowType, Supplier<List<RowData>> rows) {
        this.name = requireNonNull(name, "name is null");
        this.rowType = requireNonNull(rowType, "rowType is null");
        this.rows = requireNonNull(rows, "rows is null");
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        return new Provider(name, rowType, rows.get());
    }

    @Override
    public DynamicTableSource copy() {
        return new FixedRows(name, rowType, rows);
    }

    @Override
    public String asSummaryString() {
        return name;
    }

    private record Provider(String name, RowType rowType, List<RowData> rows)
            implements DataStreamScanProvider {

        @Override
        public boolean isBounded() {
            return true;
        }

        @Override
        public DataStream<RowData> produceDataStream(
                ProviderContext context, StreamExecutionEnvironment environment) {
            boolean none = rows.isEmpty();
            List<RowData> given = new ArrayList<>(rows);
            if (none) {
                // Flink makes no stream of nothing.
                given.add(new GenericRowData(rowType.getFieldCount()));
            }
            DataStreamSource<RowData> source =
                    environment.fromData(given, InternalTypeInfo.of(rowType.copy(true)));
            source.setParallelism(1).name(name);
            context.generateUid("rows").ifPresent(source::uid);
            if (!none) {
                return source;
            }
            var nothing = source.filter(row -> false).setParallelism(1);
            context.generateUid("none").ifPresent(nothing::uid);
            return nothing;
        }
    }
}
