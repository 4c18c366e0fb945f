package io.millrace.delta.source.split;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Splits in the state of readers, and on their way there. */
@Internal
public final class DeltaSplitSerializer implements SimpleVersionedSerializer<DeltaSplit> {

    static final int VERSION = SplitCodec.FORMAT;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(DeltaSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        SplitCodec.write(split, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public DeltaSplit deserialize(int version, byte[] bytes) throws IOException {
        if (version < 1 || version > VERSION) {
            throw new IOException("source splits of format " + version + " cannot be read");
        }
        return SplitCodec.read(version, new DataInputDeserializer(bytes));
    }
}
