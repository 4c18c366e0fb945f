package io.millrace.delta.source.split;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The enumerator's part of a checkpoint. */
@Internal
public final class EnumeratorStateSerializer implements SimpleVersionedSerializer<EnumeratorState> {

    /** Format 1 held splits of format 1. */
    static final int VERSION = 2;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(EnumeratorState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeBoolean(state.progress().isPresent());
        if (state.progress().isPresent()) {
            FeedProgress progress = state.progress().get();
            SplitCodec.writeText(progress.tableId(), out);
            out.writeLong(progress.nextVersion());
            out.writeLong(progress.snapshotVersion());
            out.writeLong(progress.schemaVersion());
        }
        out.writeInt(state.pending().size());
        for (DeltaSplit split : state.pending()) {
            SplitCodec.write(split, out);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public EnumeratorState deserialize(int version, byte[] bytes) throws IOException {
        if (version < 1 || version > VERSION) {
            throw new IOException("source state of format " + version + " cannot be read");
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        Optional<FeedProgress> progress =
                in.readBoolean() ? Optional.of(readProgress(in)) : Optional.empty();
        int splitFormat = Math.min(version, SplitCodec.FORMAT);
        int count = in.readInt();
        List<DeltaSplit> pending = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pending.add(SplitCodec.read(splitFormat, in));
        }
        return new EnumeratorState(progress, pending);
    }

    private static FeedProgress readProgress(DataInputDeserializer in) throws IOException {
        String tableId = SplitCodec.readText(in);
        return new FeedProgress(tableId, in.readLong(), in.readLong(), in.readLong());
    }
}
