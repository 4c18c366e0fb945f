package io.millrace.delta.commit;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * {@link WriteResult} on the wire: the layout version, then the value. Both ends are of one build,
 * the version guards against anything else.
 */
public final class WriteResultTypeSerializer extends TypeSerializerSingleton<WriteResult> {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public WriteResult createInstance() {
        return new WriteResult(0, 0, -1, List.of(), List.of(), Map.of(), ChangeCounts.NONE);
    }

    @Override
    public WriteResult copy(WriteResult from) {
        return from;
    }

    @Override
    public WriteResult copy(WriteResult from, WriteResult reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(WriteResult record, DataOutputView target) throws IOException {
        target.writeInt(ValueWriter.VERSION);
        new ValueWriter(target).write(record);
    }

    @Override
    public WriteResult deserialize(DataInputView source) throws IOException {
        return ValueReader.of(source.readInt(), source).writeResult();
    }

    @Override
    public WriteResult deserialize(WriteResult reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<WriteResult> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a checkpoint remembers of the serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<WriteResult> {
        public Snapshot() {
            super(WriteResultTypeSerializer::new);
        }
    }
}
