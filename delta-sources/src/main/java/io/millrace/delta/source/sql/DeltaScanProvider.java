package io.millrace.delta.source.sql;

import io.millrace.delta.source.DeltaSource;
import io.millrace.delta.source.sql.DeltaScan.Mode;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;

/** Builds one scan of a table into a job: the shared stream, then this scan's columns. */
record DeltaScanProvider(
        DeltaScan scan, List<String> columns, List<ScanMetadata> metadata, RowType producedType)
        implements DataStreamScanProvider {

    @Override
    public boolean isBounded() {
        return scan.run().bounded();
    }

    @Override
    public DataStream<RowData> produceDataStream(
            ProviderContext context, StreamExecutionEnvironment env) {
        return scan.mode() == Mode.SNAPSHOT ? snapshot(env) : sequenced(env);
    }

    private DataStream<RowData> sequenced(StreamExecutionEnvironment env) {
        CheckpointRules.check(
                scan.dataset(), scan.consistency(), env.getCheckpointConfig().toConfiguration());
        SharedStream stream = SharedStream.of(env, scan, columns);
        return stream.rows()
                .transform(
                        "Scan: " + scan.dataset() + " " + columns,
                        InternalTypeInfo.of(producedType),
                        new ScanProjection(stream.read(), columns, metadata))
                .uid("scan-" + scan.dataset() + "-" + stream.scanNumber());
    }

    /** One version for a batch job, in which watermarks and order have no meaning. */
    private DataStream<RowData> snapshot(StreamExecutionEnvironment env) {
        SharedRead read = new SharedRead(scan);
        read.join(scan, columns);
        return env.fromSource(
                        new DeltaSource(read, scan.run()),
                        WatermarkStrategy.noWatermarks(),
                        scan.dataset() + " version " + scan.run().lastVersion(),
                        new SharedReadType(read))
                .transform(
                        "Scan: " + scan.dataset() + " " + columns,
                        InternalTypeInfo.of(producedType),
                        new ScanProjection(read, columns, metadata));
    }
}
