package io.millrace.delta.commit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Bytes of a {@link Committable} in the state of the commit operator. */
public final class CommittableSerializer implements SimpleVersionedSerializer<Committable> {

    @Override
    public int getVersion() {
        return ValueWriter.VERSION;
    }

    @Override
    public byte[] serialize(Committable committable) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ValueWriter(new DataOutputStream(bytes)).write(committable);
        return bytes.toByteArray();
    }

    @Override
    public Committable deserialize(int version, byte[] serialized) throws IOException {
        return ValueReader.of(version, new DataInputStream(new ByteArrayInputStream(serialized)))
                .committable();
    }
}
