package io.millrace.delta.source.metadata;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * All rows of a metadata table from one on.
 *
 * @param position how many rows were read before, or {@link #ASSIGNED} where the enumerator has
 *     given the rows away
 */
@Internal
public record MetadataSplit(long position) implements SourceSplit {

    static final long ASSIGNED = -1;

    @Override
    public String splitId() {
        return "rows";
    }

    /** Eight bytes: the position. */
    static final class Serializer implements SimpleVersionedSerializer<MetadataSplit> {

        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(MetadataSplit split) {
            return ByteBuffer.allocate(Long.BYTES).putLong(split.position()).array();
        }

        @Override
        public MetadataSplit deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException("state of version " + version + " is not known");
            }
            return new MetadataSplit(ByteBuffer.wrap(serialized).getLong());
        }
    }
}
