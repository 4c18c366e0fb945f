package io.millrace.delta.table;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Local files, counting how often one is opened for reading or a folder is listed. */
final class CountingFileIO implements FileIO {

    private final FileIO files = new LocalFileIO();
    private final AtomicLong operations = new AtomicLong();

    long operations() {
        return operations.get();
    }

    @Override
    public CloseableIterator<FileStatus> listFrom(String path) throws IOException {
        operations.incrementAndGet();
        return files.listFrom(path);
    }

    @Override
    public InputFile newInputFile(String path, long fileSize) {
        operations.incrementAndGet();
        return files.newInputFile(path, fileSize);
    }

    @Override
    public FileStatus getFileStatus(String path) throws IOException {
        return files.getFileStatus(path);
    }

    @Override
    public String resolvePath(String path) throws IOException {
        return files.resolvePath(path);
    }

    @Override
    public boolean mkdirs(String path) throws IOException {
        return files.mkdirs(path);
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return files.newOutputFile(path);
    }

    @Override
    public boolean delete(String path) throws IOException {
        return files.delete(path);
    }

    @Override
    public Optional<String> getConf(String key) {
        return files.getConf(key);
    }

    @Override
    public void copyFileAtomically(String source, String destination, boolean overwrite)
            throws IOException {
        files.copyFileAtomically(source, destination, overwrite);
    }
}
