package io.millrace.delta.source.sql;

import io.millrace.delta.scan.PartitionColumn;
import io.millrace.delta.source.DeltaSource;
import io.millrace.delta.source.EmittedRows;
import io.millrace.delta.source.NeededRows;
import io.millrace.delta.source.ReadMode;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.SourceRun;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;

/** Builds one scan of a table into a job: the shared stream, then this scan's columns. */
record DeltaScanProvider(
        DeltaScan scan,
        ScanNeeds needs,
        List<ScanMetadata> metadata,
        RowType producedType,
        List<PartitionColumn> joinedBy)
        implements DataStreamScanProvider {

    @Override
    public boolean isBounded() {
        return scan.run().bounded();
    }

    @Override
    public DataStream<RowData> produceDataStream(
            ProviderContext context, StreamExecutionEnvironment env) {
        if (scan.mode() == ReadMode.SNAPSHOT && metadata.contains(ScanMetadata.CHANGE_TYPE)) {
            throw new ValidationException(
                    "%s: '%s' cannot be read at version %s: the rows of one version are no changes. Leave the column out, or read the changes ('%s' = '%s')."
                            .formatted(
                                    scan.dataset(),
                                    ScanMetadata.CHANGE_TYPE.key(),
                                    scan.run().lastVersion(),
                                    DeltaSourceOptions.SCAN_MODE.key(),
                                    ReadMode.FEED));
        }
        if (metadata.stream().anyMatch(ScanMetadata::isPlace)) {
            return PositionedScan.rows(env, scan, needs, metadata, producedType);
        }
        return scan.batch() ? unordered(env) : sequenced(env);
    }

    private DataStream<RowData> sequenced(StreamExecutionEnvironment env) {
        CheckpointRules.check(
                scan.dataset(), scan.consistency(), env.getCheckpointConfig().toConfiguration());
        SharedStream stream = SharedStream.of(env, scan, needs);
        return stream.rows()
                .transform(
                        "Scan: " + scan.dataset() + " " + needs.paths(),
                        InternalTypeInfo.of(producedType),
                        new ScanProjection(stream.read(), needs.paths(), metadata, scan.mode()))
                .uid("scan-" + stream.name() + "-" + stream.scanNumber());
    }

    /** For a batch job, in which watermarks and order have no meaning. */
    private DataStream<RowData> unordered(StreamExecutionEnvironment env) {
        SharedRead read = new SharedRead(scan, scan.dataset());
        read.join(scan, needs);
        return env.fromSource(
                new DeltaSource(
                        read,
                        scan.run().withEnoughRows(needs.limit().orElse(SourceRun.ALL_ROWS)),
                        viewed(read.spec()),
                        new NeededRows(joinedBy, needs.kinds())),
                WatermarkStrategy.noWatermarks(),
                scan.dataset()
                        + (scan.mode() == ReadMode.SNAPSHOT ? " version " : " up to version ")
                        + scan.run().lastVersion()
                        + " "
                        + needs.paths(),
                InternalTypeInfo.of(producedType));
    }

    private EmittedRows.Viewed viewed(ReadSpec spec) {
        Stream<List<Integer>> fields =
                needs.paths().stream()
                        .map(path -> ScanProjection.positions(spec.rowType(), path))
                        .map(positions -> Arrays.stream(positions).boxed().toList());
        Stream<List<Integer>> behind =
                metadata.stream().map(m -> List.of(m.viewedPosition(spec.columns().size())));
        return new EmittedRows.Viewed(Stream.concat(fields, behind).toList());
    }
}
