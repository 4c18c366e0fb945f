package io.millrace.delta.source;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.enumerator.DeltaEnumerator;
import io.millrace.delta.source.reader.DeltaSourceReader;
import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.source.split.DeltaSplitSerializer;
import io.millrace.delta.source.split.EnumeratorState;
import io.millrace.delta.source.split.EnumeratorStateSerializer;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * The change feed of one table, as rows in the layout of {@link SequencedRows}, in no order within
 * a version; the watermarks are versions. Only with the sequencer behind it is it a changelog.
 */
@Internal
public final class DeltaSource
        implements Source<RowData, DeltaSplit, EnumeratorState>, LineageVertexProvider {

    private static final long serialVersionUID = 1L;

    private final ReadSpecHandle handle;
    private final SourceRun run;
    private final EmittedRows emitted;
    private final NeededRows needed;

    /** Rows for the sequencer. */
    public DeltaSource(ReadSpecHandle handle, SourceRun run) {
        this(handle, run, new EmittedRows.Sequenced(), NeededRows.ALL);
    }

    /**
     * @param needed what a batch job needs of the rows
     */
    public DeltaSource(
            ReadSpecHandle handle, SourceRun run, EmittedRows emitted, NeededRows needed) {
        this.needed = requireNonNull(needed, "needed is null");
        this.emitted = requireNonNull(emitted, "emitted is null");
        this.handle = requireNonNull(handle, "handle is null");
        this.run = requireNonNull(run, "run is null");
    }

    /** The type of the rows that a source of {@code spec} produces for the sequencer. */
    public static RowType producedRowType(ReadSpec spec) {
        return spec.sequencedType();
    }

    @Override
    public LineageVertex getLineageVertex() {
        return TableLineage.source(
                () -> TableLineage.of(handle.spec().location(), handle.spec().rowType()),
                getBoundedness());
    }

    @Override
    public Boundedness getBoundedness() {
        return run.bounded() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<RowData, DeltaSplit> createReader(SourceReaderContext context) {
        return new DeltaSourceReader(context, handle.spec(), emitted);
    }

    @Override
    public SplitEnumerator<DeltaSplit, EnumeratorState> createEnumerator(
            SplitEnumeratorContext<DeltaSplit> context) {
        return DeltaEnumerator.start(context, handle.spec(), run, needed);
    }

    @Override
    public SplitEnumerator<DeltaSplit, EnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<DeltaSplit> context, EnumeratorState state) {
        return DeltaEnumerator.resume(context, handle.spec(), run, state);
    }

    @Override
    public SimpleVersionedSerializer<DeltaSplit> getSplitSerializer() {
        return new DeltaSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<EnumeratorState> getEnumeratorCheckpointSerializer() {
        return new EnumeratorStateSerializer();
    }
}
