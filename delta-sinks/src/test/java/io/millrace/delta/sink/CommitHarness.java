package io.millrace.delta.sink;

import io.millrace.delta.commit.ChangeCounts;
import io.millrace.delta.commit.CommitFacts;
import io.millrace.delta.commit.StagedFile;
import io.millrace.delta.commit.WriteResult;
import io.millrace.delta.source.order.SourceProgress;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.StorageOptions;
import io.millrace.delta.table.VersionActions;
import io.millrace.delta.write.FileLayout;
import io.millrace.delta.write.FileNaming;
import io.millrace.delta.write.ParquetRowWriter;
import io.millrace.delta.write.WriteSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.coordination.MockOperatorEventGateway;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** A commit operator for a table (id) with key id, and writers that stage rows for it. */
final class CommitHarness extends AbstractStreamOperatorTestHarness<Long> {

    static final RowType ROW_TYPE =
            RowType.of(new LogicalType[] {new BigIntType(false)}, new String[] {"id"});

    private final MockOperatorEventGateway gateway;
    private final WriteSpec spec;
    private final FileNaming naming = FileNaming.forSink("test");

    private CommitHarness(Factory factory) throws Exception {
        super(factory, 1, 1, 0);
        this.gateway = factory.gateway;
        this.spec = factory.settings.spec();
    }

    static CommitSettings settings(Path folder) {
        return new CommitSettings(
                "target",
                WriteSpec.of(folder.resolve("target").toString(), ROW_TYPE, List.of("id")),
                new CommitFacts("pipeline/target", Map.of()),
                false,
                true,
                "/warehouse/state/pipeline");
    }

    static CommitSettings rebuilding(CommitSettings s) {
        return new CommitSettings(
                s.dataset(), s.spec(), s.facts(), true, s.commitsOnCheckpoints(), s.stateFolder());
    }

    static CommitSettings withoutCheckpoints(CommitSettings s) {
        return new CommitSettings(
                s.dataset(), s.spec(), s.facts(), s.rebuild(), false, s.stateFolder());
    }

    static CommitHarness start(CommitSettings settings, String... sources) throws Exception {
        CommitHarness harness = new CommitHarness(new Factory(settings, Set.of(sources)));
        harness.open();
        return harness;
    }

    static CommitHarness restore(
            OperatorSubtaskState state, CommitSettings settings, String... sources)
            throws Exception {
        CommitHarness harness = new CommitHarness(new Factory(settings, Set.of(sources)));
        harness.initializeState(state);
        harness.open();
        return harness;
    }

    private CommitOperator operator() {
        return (CommitOperator) operator;
    }

    DeltaTable table() {
        return DeltaTable.at(spec.location());
    }

    long version() {
        return table().exists() ? table().snapshot().version() : -1;
    }

    /** One writer flushes inserts. */
    void write(long checkpointId, long... ids) throws Exception {
        List<StagedFile> files = new ArrayList<>();
        FileLayout layout =
                new FileLayout(
                        table().location(),
                        StorageOptions.NONE,
                        spec.definition().schema(),
                        ROW_TYPE,
                        List.of(),
                        List.of("id"),
                        spec.properties());
        try (ParquetRowWriter out = ParquetRowWriter.dataFiles(layout, naming)) {
            for (long id : ids) {
                out.write(GenericRowData.of(id));
            }
            out.finish().forEach(file -> files.add(file.toStagedFile(1)));
        }
        result(
                new WriteResult(
                        checkpointId,
                        0,
                        version(),
                        files,
                        List.of(),
                        new HashMap<String, byte[]>(),
                        new ChangeCounts(ids.length, 0, 0)));
    }

    void result(WriteResult result) throws Exception {
        operator().processElement1(new StreamRecord<>(result));
    }

    /** All of two subtasks of a source release a version. */
    void release(String source, long version) throws Exception {
        release(source, 0, version);
        release(source, 1, version);
    }

    void release(String source, int subtask, long version) throws Exception {
        operator()
                .processElement2(
                        new StreamRecord<>(
                                new SourceProgress(source, subtask, 2, version).toRow()));
    }

    /** A subtask of a source lets rows of a version through before it is complete. */
    void open(String source, int subtask, long version) throws Exception {
        operator()
                .processElement2(
                        new StreamRecord<>(
                                new SourceProgress(source, subtask, 2, SourceProgress.NONE, version)
                                        .toRow()));
    }

    OperatorSubtaskState checkpoint(long id) throws Exception {
        OperatorSubtaskState state = snapshot(id, id);
        notifyOfCompletedCheckpoint(id);
        return state;
    }

    void end() throws Exception {
        operator().endInput(1);
        operator().endInput(2);
        operator().finish();
    }

    SinkProgressEvent lastEvent() {
        List<?> events = gateway.getEventsSent();
        return (SinkProgressEvent) events.get(events.size() - 1);
    }

    /** Rows that a version added, by the statistics of its files. */
    long rowsAddedIn(long version) {
        VersionActions commit = table().log().at(version);
        return commit.adds().stream()
                .mapToLong(
                        file ->
                                Long.parseLong(
                                        file.stats()
                                                .orElseThrow()
                                                .replaceAll(".*\"numRecords\":(\\d+).*", "$1")))
                .sum();
    }

    private static final class Factory extends AbstractStreamOperatorFactory<Long> {

        private static final long serialVersionUID = 1L;

        private final transient MockOperatorEventGateway gateway = new MockOperatorEventGateway();
        private final CommitSettings settings;
        private final Set<String> sources;

        Factory(CommitSettings settings, Set<String> sources) {
            this.settings = settings;
            this.sources = sources;
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        public <T extends StreamOperator<Long>> T createStreamOperator(
                StreamOperatorParameters<Long> parameters) {
            return (T) new CommitOperator(parameters, settings, sources, gateway);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
            return CommitOperator.class;
        }
    }
}
