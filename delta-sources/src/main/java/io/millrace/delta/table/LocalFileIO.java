package io.millrace.delta.table;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;

/**
 * Kernel's file access for local paths.
 *
 * <p>Unlike Hadoop's local log store, which only locks within one JVM, "write unless it exists" is
 * one atomic step of the file system here (a hard link), so that writers in different processes
 * never overwrite each other's commit.
 */
final class LocalFileIO implements FileIO {

    @Override
    public CloseableIterator<FileStatus> listFrom(String path) throws IOException {
        Path from = local(path);
        Path folder = from.getParent();
        String first = from.getFileName().toString();
        // Names only: a log has many files, of which the last few are asked for.
        String[] names = folder.toFile().list((parent, name) -> name.compareTo(first) >= 0);
        if (names == null) {
            if (Files.isDirectory(folder)) {
                throw new IOException(folder + " cannot be listed");
            }
            throw notFound(path, new NoSuchFileException(folder.toString()));
        }
        Arrays.sort(names);
        return new LocalFiles(Arrays.stream(names).map(folder::resolve).iterator());
    }

    @Override
    public FileStatus getFileStatus(String path) throws IOException {
        try {
            return status(local(path));
        } catch (NoSuchFileException e) {
            throw notFound(path, e);
        }
    }

    @Override
    public String resolvePath(String path) {
        return local(path).toAbsolutePath().toString();
    }

    @Override
    public boolean mkdirs(String path) throws IOException {
        Files.createDirectories(local(path));
        return true;
    }

    @Override
    public InputFile newInputFile(String path, long fileSize) {
        return new LocalInputFile(local(path));
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return new LocalOutputFile(local(path));
    }

    @Override
    public boolean delete(String path) throws IOException {
        return Files.deleteIfExists(local(path));
    }

    @Override
    public Optional<String> getConf(String key) {
        return Optional.empty();
    }

    @Override
    public void copyFileAtomically(String source, String destination, boolean overwrite)
            throws IOException {
        Path target = local(destination);
        Path temporary = temporaryBeside(target);
        Files.copy(local(source), temporary);
        publish(temporary, target, overwrite);
    }

    /** Where the content of a file is gathered before it appears under its name. */
    static Path temporaryBeside(Path target) throws IOException {
        Files.createDirectories(target.getParent());
        return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }

    /**
     * Lets a complete file appear under its name, at once.
     *
     * @throws java.nio.file.FileAlreadyExistsException if it must not be overwritten and is there
     */
    static void publish(Path temporary, Path target, boolean overwrite) throws IOException {
        if (overwrite) {
            Files.move(
                    temporary,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        try {
            Files.createLink(target, temporary);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Kernel's paths are decoded already, as Hadoop's are. */
    private static Path local(String path) {
        return Path.of(
                path.startsWith("file:")
                        ? path.substring("file:".length()).replaceFirst("^/+", "/")
                        : path);
    }

    private static FileStatus status(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return FileStatus.of(
                file.toString(), attributes.size(), attributes.lastModifiedTime().toMillis());
    }

    private static FileNotFoundException notFound(String path, IOException cause) {
        FileNotFoundException exception = new FileNotFoundException(path + " does not exist");
        exception.initCause(cause);
        return exception;
    }

    /** Looks at files when they are asked for: many lists of a log are not read to their end. */
    private static final class LocalFiles implements CloseableIterator<FileStatus> {

        private final Iterator<Path> files;
        private Optional<FileStatus> next = Optional.empty();

        LocalFiles(Iterator<Path> files) {
            this.files = files;
        }

        @Override
        public boolean hasNext() {
            while (next.isEmpty() && files.hasNext()) {
                try {
                    next = Optional.of(status(files.next()));
                } catch (NoSuchFileException e) {
                    // A temporary file of another writer, or cleaned up meanwhile: not listed.
                    next = Optional.empty();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return next.isPresent();
        }

        @Override
        public FileStatus next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more files");
            }
            FileStatus file = next.get();
            next = Optional.empty();
            return file;
        }

        @Override
        public void close() {}
    }
}
