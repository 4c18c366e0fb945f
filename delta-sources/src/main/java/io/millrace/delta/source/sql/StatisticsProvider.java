package io.millrace.delta.source.sql;

import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;

/** A scan whose one row the log knew when it was planned. */
record StatisticsProvider(DeltaScan scan, RowData row, RowType producedType)
        implements DataStreamScanProvider {

    @Override
    public boolean isBounded() {
        return true;
    }

    @Override
    public DataStream<RowData> produceDataStream(
            ProviderContext context, StreamExecutionEnvironment env) {
        return env.fromData(List.of(row), InternalTypeInfo.of(producedType))
                .name("Statistics: " + scan.dataset() + " version " + scan.run().lastVersion());
    }
}
