package io.millrace.delta.sink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Bytes of {@link SinkState} in a checkpoint. */
final class SinkStateSerializer implements SimpleVersionedSerializer<SinkState> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(SinkState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(state.counter());
        out.writeBoolean(state.rebuilding());
        out.writeInt(state.released().size());
        for (Map.Entry<String, Long> source : state.released().entrySet()) {
            out.writeUTF(source.getKey());
            out.writeLong(source.getValue());
        }
        return bytes.toByteArray();
    }

    @Override
    public SinkState deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "state of the sink has layout %d, this version reads %d. Start from a checkpoint of this version, or with --rebuild."
                            .formatted(version, VERSION));
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        long counter = in.readLong();
        boolean rebuilding = in.readBoolean();
        int size = in.readInt();
        Map<String, Long> released = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            String source = in.readUTF();
            released.put(source, in.readLong());
        }
        return new SinkState(counter, rebuilding, released);
    }
}
