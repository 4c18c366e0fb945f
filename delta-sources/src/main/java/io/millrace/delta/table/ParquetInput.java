package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file of Kernel's file access, as parquet-mr reads it. */
final class ParquetInput implements InputFile {

    private final io.delta.kernel.defaults.engine.fileio.InputFile file;

    ParquetInput(io.delta.kernel.defaults.engine.fileio.InputFile file) {
        this.file = requireNonNull(file, "file is null");
    }

    @Override
    public long getLength() throws IOException {
        return file.length();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        io.delta.kernel.defaults.engine.fileio.SeekableInputStream stream = file.newStream();
        return new DelegatingSeekableInputStream(stream) {
            @Override
            public long getPos() throws IOException {
                return stream.getPos();
            }

            @Override
            public void seek(long position) throws IOException {
                stream.seek(position);
            }
        };
    }

    @Override
    public String toString() {
        return file.path();
    }
}
