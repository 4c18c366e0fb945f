package io.millrace.delta.sink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Bytes of {@link SinkState} in a checkpoint. Layout 1 had no opened versions. */
final class SinkStateSerializer implements SimpleVersionedSerializer<SinkState> {

    private static final int VERSION = 2;
    private static final int WITHOUT_OPENED = 1;

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
        write(state.released(), out);
        write(state.opened(), out);
        return bytes.toByteArray();
    }

    private static void write(Map<String, Long> versions, DataOutputStream out) throws IOException {
        out.writeInt(versions.size());
        for (Map.Entry<String, Long> source : versions.entrySet()) {
            out.writeUTF(source.getKey());
            out.writeLong(source.getValue());
        }
    }

    @Override
    public SinkState deserialize(int version, byte[] serialized) throws IOException {
        if (version < WITHOUT_OPENED || version > VERSION) {
            throw new IOException(
                    "state of the sink has layout %d, this version reads %d. Start from a checkpoint of this version, or with --rebuild."
                            .formatted(version, VERSION));
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        long counter = in.readLong();
        boolean rebuilding = in.readBoolean();
        Map<String, Long> released = readVersions(in);
        Map<String, Long> opened = version == WITHOUT_OPENED ? Map.of() : readVersions(in);
        return new SinkState(counter, rebuilding, released, opened);
    }

    private static Map<String, Long> readVersions(DataInputStream in) throws IOException {
        int size = in.readInt();
        Map<String, Long> versions = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            String source = in.readUTF();
            versions.put(source, in.readLong());
        }
        return versions;
    }
}
