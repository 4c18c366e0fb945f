package io.millrace.delta.sink.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.sink.DeltaSink;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.abilities.SupportsPartitioning;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/**
 * A Delta table as the target of INSERT.
 *
 * <p>With a key it asks for all kinds of changes: pre-images then cost no reads, and rows may
 * overtake each other. A plan that was compiled earlier does not ask again, so the input is taken
 * to retract unless the planner said that it only inserts.
 */
@Internal
public final class DeltaTableSink implements DynamicTableSink, SupportsPartitioning {

    private final DeltaSink.Builder sink;
    private final String dataset;
    private final boolean upserts;

    DeltaTableSink(DeltaSink.Builder sink, String dataset, boolean upserts) {
        this.sink = requireNonNull(sink, "sink is null");
        this.dataset = requireNonNull(dataset, "dataset is null");
        this.upserts = upserts;
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
        boolean insertsOnly = requestedMode.containsOnly(RowKind.INSERT);
        sink.retracts(!insertsOnly);
        return upserts && !insertsOnly ? ChangelogMode.all() : ChangelogMode.insertOnly();
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        DeltaSink built = sink.build();
        return new DataStreamSinkProvider() {
            @Override
            public DataStreamSink<?> consumeDataStream(
                    ProviderContext providerContext, DataStream<RowData> rows) {
                return built.append(rows);
            }
        };
    }

    /** The values of static partitions stand in the rows. */
    @Override
    public void applyStaticPartition(Map<String, String> partition) {}

    @Override
    public DynamicTableSink copy() {
        return new DeltaTableSink(sink.copy(), dataset, upserts);
    }

    @Override
    public String asSummaryString() {
        return "Delta table " + dataset;
    }
}
