package io.millrace.delta.source.order;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.ReadSpecHandle;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.table.data.RowData;

/** Creates the sequencer of one dataset; keyed by {@link BucketSelector}. */
public final class VersionSequencerFactory extends AbstractStreamOperatorFactory<RowData>
        implements OneInputStreamOperatorFactory<RowData, RowData> {

    private static final long serialVersionUID = 1L;

    private final ReadSpecHandle handle;
    private final long memoryBudget;

    /**
     * @param memoryBudget bytes of held rows that a subtask keeps in memory; the others are on its
     *     disk
     */
    public VersionSequencerFactory(ReadSpecHandle handle, long memoryBudget) {
        this.handle = requireNonNull(handle, "handle is null");
        this.memoryBudget = memoryBudget;
    }

    public ReadSpecHandle handle() {
        return handle;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<RowData>> T createStreamOperator(
            StreamOperatorParameters<RowData> parameters) {
        return (T) new VersionSequencer(parameters, handle.spec(), memoryBudget);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return VersionSequencer.class;
    }
}
