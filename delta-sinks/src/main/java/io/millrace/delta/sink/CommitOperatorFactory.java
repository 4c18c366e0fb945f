package io.millrace.delta.sink;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.WriteResult;
import io.millrace.delta.source.ReadSpecHandle;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;
import org.apache.flink.table.data.RowData;

/** Creates the commit operator of a sink, and its coordinator. */
final class CommitOperatorFactory extends AbstractStreamOperatorFactory<Long>
        implements TwoInputStreamOperatorFactory<WriteResult, RowData, Long>,
                CoordinatedOperatorFactory<Long> {

    private static final long serialVersionUID = 1L;

    private final CommitSettings settings;
    private final List<ReadSpecHandle> sources;

    /**
     * @param sources every source that reports to the sink
     */
    CommitOperatorFactory(CommitSettings settings, List<ReadSpecHandle> sources) {
        this.settings = requireNonNull(settings, "settings is null");
        this.sources = List.copyOf(sources);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<Long>> T createStreamOperator(
            StreamOperatorParameters<Long> parameters) {
        OperatorID id = parameters.getStreamConfig().getOperatorID();
        Set<String> names =
                sources.stream().map(source -> source.spec().dataset()).collect(Collectors.toSet());
        return (T)
                new CommitOperator(
                        parameters,
                        settings,
                        names,
                        parameters.getOperatorEventDispatcher().getOperatorEventGateway(id));
    }

    @Override
    public OperatorCoordinator.Provider getCoordinatorProvider(
            String operatorName, OperatorID operatorId) {
        return new CommitCoordinator.Provider(
                operatorId, settings.dataset(), settings.spec().location());
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return CommitOperator.class;
    }
}
