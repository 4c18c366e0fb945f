package io.millrace.delta.sink;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.WriteResult;
import org.apache.flink.annotation.Internal;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.table.data.RowData;

/** Makes {@link WriteOperator}s. */
@Internal
public final class WriteOperatorFactory extends AbstractStreamOperatorFactory<WriteResult>
        implements OneInputStreamOperatorFactory<RowData, WriteResult> {

    private static final long serialVersionUID = 1L;

    private final WriterSettings settings;

    public WriteOperatorFactory(WriterSettings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    WriterSettings settings() {
        return settings;
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // So the interface has it.
    public <T extends StreamOperator<WriteResult>> T createStreamOperator(
            StreamOperatorParameters<WriteResult> parameters) {
        @SuppressWarnings("unchecked")
        T operator = (T) new WriteOperator(parameters, settings);
        return operator;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return WriteOperator.class;
    }
}
