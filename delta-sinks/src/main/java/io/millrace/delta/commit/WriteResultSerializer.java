package io.millrace.delta.commit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Bytes of a {@link WriteResult} in the state of the write operator. */
public final class WriteResultSerializer implements SimpleVersionedSerializer<WriteResult> {

    @Override
    public int getVersion() {
        return ValueWriter.VERSION;
    }

    @Override
    public byte[] serialize(WriteResult result) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ValueWriter(new DataOutputStream(bytes)).write(result);
        return bytes.toByteArray();
    }

    @Override
    public WriteResult deserialize(int version, byte[] serialized) throws IOException {
        return ValueReader.of(version, new DataInputStream(new ByteArrayInputStream(serialized)))
                .writeResult();
    }
}
