package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.utils.CloseableIterator;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** A local file that Kernel writes. */
final class LocalOutputFile implements OutputFile {

    private final Path path;

    LocalOutputFile(Path path) {
        this.path = requireNonNull(path, "path is null");
    }

    @Override
    public String path() {
        return path.toString();
    }

    @Override
    public PositionOutputStream create(boolean atomicWrite) throws IOException {
        if (atomicWrite) {
            return new CountingStream(
                    LocalFileIO.temporaryBeside(path), path, StandardOpenOption.CREATE_NEW);
        }
        Files.createDirectories(path.getParent());
        return new CountingStream(
                path, path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    @Override
    public void writeAtomically(CloseableIterator<String> lines, boolean overwrite)
            throws IOException {
        Path temporary = LocalFileIO.temporaryBeside(path);
        try {
            try (lines;
                    BufferedWriter out =
                            Files.newBufferedWriter(
                                    temporary,
                                    StandardCharsets.UTF_8,
                                    StandardOpenOption.CREATE_NEW)) {
                while (lines.hasNext()) {
                    out.write(lines.next());
                    out.write('\n');
                }
            }
            LocalFileIO.publish(temporary, path, overwrite);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Writes to one path and appears under another when closed. */
    private static final class CountingStream extends PositionOutputStream {

        private final Path written;
        private final Path target;
        private final OutputStream out;
        private long position;
        private boolean closed;

        CountingStream(Path written, Path target, StandardOpenOption... how) throws IOException {
            this.written = written;
            this.target = target;
            this.out = new BufferedOutputStream(Files.newOutputStream(written, open(how)));
        }

        private static StandardOpenOption[] open(StandardOpenOption... how) {
            StandardOpenOption[] all = Arrays.copyOf(how, how.length + 1);
            all[how.length] = StandardOpenOption.WRITE;
            return all;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            out.close();
            if (!written.equals(target)) {
                LocalFileIO.publish(written, target, false);
            }
        }
    }
}
