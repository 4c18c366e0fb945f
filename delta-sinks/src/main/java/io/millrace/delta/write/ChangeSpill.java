package io.millrace.delta.write;

import io.millrace.delta.write.NetChangeBuffer.NetChange;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.binary.BinaryRowData;

/**
 * Net changes on the local disk, in parts by the hash of their key, each in the order in which they
 * came. One file, which goes with this. Not state: a writer flushes before each checkpoint.
 */
final class ChangeSpill implements Closeable {

    static final int PARTS = 256;

    private static final int CHUNK = 16 << 10;

    /** Two longs of the key, the count, the size of the row. */
    private static final int HEADER = 2 * Long.BYTES + 2 * Integer.BYTES;

    private final Path path;
    private final FileChannel channel;
    private final ByteBuffer[] open = new ByteBuffer[PARTS];
    private final List<List<Chunk>> chunks = new ArrayList<>();
    private long size;
    private long added;

    private record Chunk(long start, int bytes) {}

    private ChangeSpill(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
        for (int part = 0; part < PARTS; part++) {
            chunks.add(new ArrayList<>());
        }
    }

    static ChangeSpill create(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path path = folder.resolve("millrace-changes-" + UUID.randomUUID());
        return new ChangeSpill(
                path,
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE));
    }

    void add(NetChange change) throws IOException {
        int part = KeyEncoder.hash(change.high(), change.low()) & (PARTS - 1);
        int rowSize = change.count() == 0 ? 0 : change.row().getSizeInBytes();
        added += HEADER + rowSize;
        ByteBuffer chunk = chunkFor(part, HEADER + rowSize);
        chunk.putLong(change.high()).putLong(change.low());
        chunk.putInt(change.count()).putInt(rowSize);
        if (rowSize > 0) {
            // A row of a buffer stands in one page.
            change.row().getSegments()[0].get(change.row().getOffset(), chunk, rowSize);
        }
    }

    private ByteBuffer chunkFor(int part, int bytes) throws IOException {
        ByteBuffer chunk = open[part];
        if (chunk == null || chunk.remaining() < bytes) {
            if (chunk != null) {
                write(part, chunk);
            }
            if (chunk == null || chunk.capacity() < bytes || chunk.capacity() > CHUNK) {
                chunk = ByteBuffer.allocate(Math.max(CHUNK, bytes));
                open[part] = chunk;
            }
        }
        return chunk;
    }

    private void write(int part, ByteBuffer chunk) throws IOException {
        chunk.flip();
        if (chunk.hasRemaining()) {
            chunks.get(part).add(new Chunk(size, chunk.remaining()));
            while (chunk.hasRemaining()) {
                size += channel.write(chunk, size);
            }
        }
        chunk.clear();
    }

    /** Puts one part into a buffer. */
    void read(int part, int arity, NetChangeBuffer into) throws IOException {
        if (open[part] != null) {
            write(part, open[part]);
            open[part] = null;
        }
        BinaryRowData row = new BinaryRowData(arity);
        for (Chunk chunk : chunks.get(part)) {
            byte[] bytes = new byte[chunk.bytes()];
            ByteBuffer in = ByteBuffer.wrap(bytes);
            while (in.hasRemaining()) {
                if (channel.read(in, chunk.start() + in.position()) < 0) {
                    throw new IOException(path + ": was cut while it was in use");
                }
            }
            in.flip();
            MemorySegment segment = MemorySegmentFactory.wrap(bytes);
            while (in.hasRemaining()) {
                long high = in.getLong();
                long low = in.getLong();
                int count = in.getInt();
                int rowSize = in.getInt();
                row.pointTo(segment, in.position(), rowSize);
                in.position(in.position() + rowSize);
                into.take(new NetChange(high, low, count, row));
            }
        }
    }

    /** Bytes that were put here. */
    long sizeInBytes() {
        return added;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
