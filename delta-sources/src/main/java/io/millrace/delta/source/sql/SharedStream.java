package io.millrace.delta.source.sql;

import io.millrace.delta.source.DeltaSource;
import io.millrace.delta.source.HoldingRules;
import io.millrace.delta.source.order.BucketSelector;
import io.millrace.delta.source.order.EndOfStreamGuard;
import io.millrace.delta.source.order.VersionSequencerFactory;
import io.millrace.delta.source.sql.DeltaSourceOptions.Consistency;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.table.data.RowData;

/**
 * The sequenced stream of a table, as one of the scans that share it sees it: two streams of one
 * table would be at different versions at a checkpoint, and so the sides of a self-join.
 *
 * @param rows what the sequencer releases
 * @param read what all scans read together
 * @param scanNumber which of the scans this is, from 1
 */
record SharedStream(DataStream<RowData> rows, SharedRead read, int scanNumber) {

    /** The stream that an earlier scan of the job has made, or a new one. */
    static SharedStream of(StreamExecutionEnvironment env, DeltaScan scan, ScanNeeds needs) {
        return find(env, scan, needs).orElseGet(() -> create(env, scan, needs));
    }

    /** What operators, progress and messages call this stream. */
    String name() {
        return read.spec().dataset();
    }

    private static Optional<SharedStream> find(
            StreamExecutionEnvironment env, DeltaScan scan, ScanNeeds needs) {
        for (Transformation<?> transformation : env.getTransformations()) {
            Optional<SharedRead> read = sharedBy(transformation);
            if (read.isPresent() && read.get().join(scan, needs)) {
                @SuppressWarnings("unchecked")
                Transformation<RowData> rows = (Transformation<RowData>) transformation;
                return Optional.of(
                        new SharedStream(
                                new DataStream<>(env, rows), read.get(), read.get().scans()));
            }
        }
        return Optional.empty();
    }

    /** The dataset, or a name beside it where the job reads other versions of the table, too. */
    private static String freeName(StreamExecutionEnvironment env, String dataset) {
        long taken =
                env.getTransformations().stream()
                        .flatMap(transformation -> sharedBy(transformation).stream())
                        .filter(read -> read.claims(dataset))
                        .count();
        return taken == 0 ? dataset : dataset + "@" + (taken + 1);
    }

    private static Optional<SharedRead> sharedBy(Transformation<?> transformation) {
        return transformation instanceof OneInputTransformation<?, ?> operator
                        && operator.getOperatorFactory()
                                instanceof VersionSequencerFactory sequencer
                        && sequencer.handle() instanceof SharedRead read
                ? Optional.of(read)
                : Optional.empty();
    }

    private static SharedStream create(
            StreamExecutionEnvironment env, DeltaScan scan, ScanNeeds needs) {
        String dataset = freeName(env, scan.dataset());
        int maxParallelism = maxParallelism(env);
        SharedRead read = new SharedRead(scan, dataset);
        read.join(scan, needs);
        SharedReadType type = new SharedReadType(read);
        DataStream<RowData> rows =
                source(env, scan, read, type)
                        .uid("source-" + dataset)
                        .transform("Guard: " + dataset, type, new EndOfStreamGuard())
                        .uid("guard-" + dataset)
                        .keyBy(new BucketSelector(read, maxParallelism), Types.INT)
                        .transform(
                                "Sequence: " + dataset + " by version",
                                type,
                                new VersionSequencerFactory(read, scan.heldMemory()))
                        .uid("sequence-" + dataset)
                        .setMaxParallelism(maxParallelism);
        return new SharedStream(rows, read, read.scans());
    }

    private static SingleOutputStreamOperator<RowData> source(
            StreamExecutionEnvironment env, DeltaScan scan, SharedRead read, SharedReadType type) {
        boolean replay = scan.consistency() == Consistency.VERSION && scan.run().checkpointed();
        DeltaSource source =
                new DeltaSource(
                        read, scan.run().holding(new HoldingRules(scan.heldMemory(), replay)));
        return env.fromSource(
                source, WatermarkStrategy.noWatermarks(), scan.dataset() + " changes", type);
    }

    /** Explicit, since buckets and key groups go by it, and the same at every usual parallelism. */
    private static int maxParallelism(StreamExecutionEnvironment env) {
        return env.getMaxParallelism() > 0
                ? env.getMaxParallelism()
                : KeyGroupRangeAssignment.computeDefaultMaxParallelism(env.getParallelism());
    }
}
