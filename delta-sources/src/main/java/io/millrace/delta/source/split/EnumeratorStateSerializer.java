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

    /**
     * Formats 1 and 2 held splits of formats 1 and 2, and all of the first snapshot that were not
     * handed out.
     */
    static final int VERSION = 3;

    private static final int WITH_REST = 3;

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
        out.writeBoolean(state.rest().isPresent());
        if (state.rest().isPresent()) {
            SnapshotRest rest = state.rest().get();
            SplitCodec.writeText(rest.path(), out);
            out.writeLong(rest.start());
            out.writeInt(rest.ordinal());
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
        Optional<SnapshotRest> rest =
                version >= WITH_REST && in.readBoolean()
                        ? Optional.of(
                                new SnapshotRest(
                                        SplitCodec.readText(in), in.readLong(), in.readInt()))
                        : Optional.empty();
        int splitFormat = Math.min(version, SplitCodec.FORMAT);
        int count = in.readInt();
        List<DeltaSplit> pending = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pending.add(SplitCodec.read(splitFormat, in));
        }
        return new EnumeratorState(progress, rest, pending);
    }

    private static FeedProgress readProgress(DataInputDeserializer in) throws IOException {
        String tableId = SplitCodec.readText(in);
        return new FeedProgress(tableId, in.readLong(), in.readLong(), in.readLong());
    }
}
