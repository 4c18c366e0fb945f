package io.millrace.bench;

import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.types.logical.RowType;

/** Connector {@code millrace-touch}: reads every field of every row and keeps nothing. */
public final class TouchSinkFactory implements DynamicTableSinkFactory {

    public static final String IDENTIFIER = "millrace-touch";

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSink createDynamicTableSink(DynamicTableFactory.Context context) {
        return new TouchSink((RowType) context.getPhysicalRowDataType().getLogicalType());
    }

    private record TouchSink(RowType type) implements DynamicTableSink {

        @Override
        public ChangelogMode getChangelogMode(ChangelogMode requested) {
            return ChangelogMode.all();
        }

        @Override
        public SinkRuntimeProvider getSinkRuntimeProvider(DynamicTableSink.Context context) {
            return new Provider(type);
        }

        @Override
        public DynamicTableSink copy() {
            return this;
        }

        @Override
        public String asSummaryString() {
            return IDENTIFIER;
        }
    }

    private record Provider(RowType type) implements DataStreamSinkProvider {
        @Override
        public DataStreamSink<?> consumeDataStream(
                ProviderContext context, DataStream<RowData> rows) {
            return rows.transform("Touch every field", Types.LONG, new TouchOperator(type))
                    .uid("touch")
                    .sinkTo(new DiscardingSink<>())
                    .uid("discard");
        }
    }
}
