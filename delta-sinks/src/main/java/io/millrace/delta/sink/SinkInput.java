package io.millrace.delta.sink;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.ReadSpecHandle;
import io.millrace.delta.source.order.SourceProgress;
import io.millrace.delta.source.order.VersionSequencerFactory;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.SideOutputTransformation;
import org.apache.flink.streaming.api.transformations.UnionTransformation;
import org.apache.flink.table.data.RowData;

/**
 * What a sink has to know of the job before it.
 *
 * @param rows what it writes
 */
record SinkInput(DataStream<RowData> rows) {

    SinkInput {
        requireNonNull(rows, "rows is null");
    }

    boolean takesCheckpoints() {
        StreamExecutionEnvironment env = rows.getExecutionEnvironment();
        return env.getCheckpointConfig().isCheckpointingEnabled()
                && env.getConfiguration().get(ExecutionOptions.RUNTIME_MODE)
                        != RuntimeExecutionMode.BATCH;
    }

    /**
     * Whether each checkpoint is the result of whole versions of Delta tables. Elsewhere it may lie
     * between a row that comes and the one that goes for it.
     */
    boolean hasWholeVersions() {
        CheckpointConfig checkpoints = rows.getExecutionEnvironment().getCheckpointConfig();
        return takesCheckpoints()
                && checkpoints.getCheckpointingConsistencyMode() == CheckpointingMode.EXACTLY_ONCE
                && !checkpoints.isUnalignedCheckpointsEnabled()
                && SourceProgress.isOnlyOfSequencers(rows.getTransformation());
    }

    /** What the sequencers before the sink report; a stream without rows where there are none. */
    DataStream<RowData> progress(DataStream<?> written) {
        List<Transformation<RowData>> streams =
                SourceProgress.streamsBefore(rows.getTransformation());
        if (streams.isEmpty()) {
            streams =
                    List.of(
                            new SideOutputTransformation<>(
                                    written.getTransformation(), SourceProgress.TAG));
        }
        return new DataStream<>(
                rows.getExecutionEnvironment(),
                streams.size() == 1 ? streams.get(0) : new UnionTransformation<>(streams));
    }

    List<ReadSpecHandle> sources() {
        return rows.getTransformation().getTransitivePredecessors().stream()
                .distinct()
                .filter(OneInputTransformation.class::isInstance)
                .map(operator -> ((OneInputTransformation<?, ?>) operator).getOperatorFactory())
                .filter(VersionSequencerFactory.class::isInstance)
                .map(factory -> ((VersionSequencerFactory) factory).handle())
                .toList();
    }
}
