package io.millrace.delta.source.order;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;

/**
 * Rows of one version on the local disk, in the order in which they were put there. Not state: a
 * checkpoint copies what it needs, and the file goes with its version.
 */
final class SpillFile implements Closeable {

    private static final int BUFFER = 1 << 18;

    private final Path path;
    private final FileChannel channel;
    private final RowDataSerializer serializer;
    private final List<Segment> segments = new ArrayList<>();
    private final DataOutputSerializer buffer = new DataOutputSerializer(BUFFER);
    private long size;

    private SpillFile(Path path, FileChannel channel, RowDataSerializer serializer) {
        this.path = requireNonNull(path, "path is null");
        this.channel = requireNonNull(channel, "channel is null");
        this.serializer = requireNonNull(serializer, "serializer is null");
    }

    static SpillFile create(Path folder, RowDataSerializer serializer) throws IOException {
        Files.createDirectories(folder);
        Path path = folder.resolve("millrace-held-" + UUID.randomUUID());
        return new SpillFile(
                path,
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE),
                serializer);
    }

    /** Adds rows of one phase and key group at the end. */
    void append(int phase, int keyGroup, RowPages rows) throws IOException {
        long start = size + buffer.length();
        rows.writeTo(this::write);
        long bytes = size + buffer.length() - start;
        segments.add(new Segment(phase, keyGroup, start, bytes, rows.rows()));
    }

    private void write(byte[] bytes, int length) throws IOException {
        if (buffer.length() + length > BUFFER) {
            flush();
        }
        buffer.write(bytes, 0, length);
    }

    /** Writes what was added; to be called before anything is read. */
    void flush() throws IOException {
        ByteBuffer bytes = buffer.wrapAsByteBuffer();
        while (bytes.hasRemaining()) {
            size += channel.write(bytes, size);
        }
        buffer.clear();
    }

    /** Hands out the rows of one phase; a row is overwritten by the next. */
    void read(int phase, Consumer<RowData> out) throws IOException {
        RowData reused = new BinaryRowData(serializer.getArity());
        for (Segment segment : segments) {
            if (segment.phase() == phase) {
                DataInputViewStreamWrapper in =
                        new DataInputViewStreamWrapper(new SegmentInput(segment));
                for (int i = 0; i < segment.rows(); i++) {
                    reused = serializer.deserialize(reused, in);
                    out.accept(reused);
                }
            }
        }
    }

    List<Segment> segments() {
        return segments;
    }

    /** Copies the rows of a segment, in the serializer's format. */
    void copy(Segment segment, OutputStream out) throws IOException {
        new SegmentInput(segment).transferTo(out);
    }

    long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }

    /** A part of the file with rows of one phase and key group. */
    record Segment(int phase, int keyGroup, long start, long bytes, int rows) {}

    /** The bytes of a segment, in pieces as large as they are few. */
    private final class SegmentInput extends InputStream {

        private final ByteBuffer piece;
        private long next;
        private final long end;

        SegmentInput(Segment segment) {
            this.next = segment.start();
            this.end = segment.start() + segment.bytes();
            this.piece = ByteBuffer.allocate((int) Math.min(BUFFER, Math.max(1, segment.bytes())));
            piece.limit(0);
        }

        @Override
        public int read() throws IOException {
            return fill() ? piece.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, piece.remaining());
            piece.get(target, offset, count);
            return count;
        }

        private boolean fill() throws IOException {
            while (!piece.hasRemaining()) {
                if (next >= end) {
                    return false;
                }
                piece.clear().limit((int) Math.min(piece.capacity(), end - next));
                int count = channel.read(piece, next);
                if (count < 0) {
                    throw new IOException(path + ": ends at " + next + ", before " + end);
                }
                next += count;
                piece.flip();
            }
            return true;
        }
    }
}
