package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.delta.kernel.defaults.engine.hadoopio.HadoopInputFile;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.conf.Configuration;

/**
 * A local file that Kernel reads. As a file of Hadoop's it brings the configuration that Kernel
 * reads Parquet with; else that is made anew for each file, and checksums of pages do not count.
 */
final class LocalInputFile extends HadoopInputFile {

    private static final Configuration READING = StorageOptions.NONE.hadoop();

    private final Path path;

    LocalInputFile(Path path) {
        super(null, null, 0);
        this.path = requireNonNull(path, "path is null");
    }

    @Override
    public Configuration configuration() {
        return READING;
    }

    @Override
    public long length() throws IOException {
        return Files.size(path);
    }

    @Override
    public String path() {
        return path.toString();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        try {
            return new ChannelStream(FileChannel.open(path, StandardOpenOption.READ));
        } catch (NoSuchFileException e) {
            FileNotFoundException exception = new FileNotFoundException(path + " does not exist");
            exception.initCause(e);
            throw exception;
        }
    }

    private static final class ChannelStream extends SeekableInputStream {

        private final FileChannel channel;

        ChannelStream(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public long getPos() throws IOException {
            return channel.position();
        }

        @Override
        public void seek(long position) throws IOException {
            channel.position(position);
        }

        @Override
        public int read() throws IOException {
            ByteBuffer one = ByteBuffer.allocate(1);
            return channel.read(one) < 0 ? -1 : one.get(0) & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return length == 0 ? 0 : channel.read(ByteBuffer.wrap(bytes, offset, length));
        }

        @Override
        public void readFully(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer target = ByteBuffer.wrap(bytes, offset, length);
            while (target.hasRemaining()) {
                if (channel.read(target) < 0) {
                    throw new EOFException(
                            "the file ends " + target.remaining() + " bytes too early");
                }
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
