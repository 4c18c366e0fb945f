package io.millrace.delta.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.kernel.engine.FileReadRequest;
import io.delta.kernel.engine.FileSystemClient;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks which file of a log is damaged, once reading it has failed. */
final class DamagedFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of the newest files; a long log is not read as a whole to explain a failure. */
    private static final int MOST_FILES = 200;

    private static final String PARQUET_MAGIC = "PAR1";

    private DamagedFiles() {}

    /** What is wrong with the first damaged file; empty where none is found. */
    static Optional<String> first(DeltaTable table) {
        try {
            List<FileStatus> files = newest(table);
            for (FileStatus file : files) {
                Optional<String> damage = damage(table.engine().getFileSystemClient(), file);
                if (damage.isPresent()) {
                    return damage;
                }
            }
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            // Only an explanation is looked for: the failure itself is told.
            return Optional.empty();
        }
    }

    private static List<FileStatus> newest(DeltaTable table) throws IOException {
        List<FileStatus> files = new ArrayList<>();
        try (CloseableIterator<FileStatus> all =
                table.engine()
                        .getFileSystemClient()
                        .listFrom(FileNames.listingPrefix(table.kernelLogPath(), 0))) {
            while (all.hasNext()) {
                FileStatus file = all.next();
                if (isOfLog(file)) {
                    files.add(file);
                }
            }
        }
        return files.subList(Math.max(0, files.size() - MOST_FILES), files.size());
    }

    private static boolean isOfLog(FileStatus file) {
        String name = name(file);
        return FileNames.isCommitFile(name) || FileNames.isCheckpointFile(name);
    }

    private static Optional<String> damage(FileSystemClient storage, FileStatus file)
            throws IOException {
        String name = name(file);
        boolean commit = FileNames.isCommitFile(name);
        if (commit && file.getSize() == 0) {
            return Optional.of(emptyCommit(file));
        } else if (name.endsWith(".parquet")) {
            String end = new String(bytes(storage, file, PARQUET_MAGIC.length()), UTF_8);
            return end.equals(PARQUET_MAGIC)
                    ? Optional.empty()
                    : Optional.of("the checkpoint " + name + " is not a Parquet file");
        }
        String text = new String(bytes(storage, file, (int) file.getSize()), UTF_8);
        int line = firstBrokenLine(text.lines().toList());
        String what = commit ? "the commit of version " + version(name) : "the checkpoint";
        return line == 0
                ? Optional.empty()
                : Optional.of(
                        "%s is damaged or half-written: line %d of %s is not JSON"
                                .formatted(what, line, name));
    }

    static String emptyCommit(FileStatus file) {
        return "the commit of version %d is empty: %s has no bytes"
                .formatted(version(name(file)), name(file));
    }

    private static int firstBrokenLine(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            try {
                if (!lines.get(i).isBlank() && !JSON.readTree(lines.get(i)).isObject()) {
                    return i + 1;
                }
            } catch (JsonProcessingException e) {
                return i + 1;
            }
        }
        return 0;
    }

    /** The last bytes of a file. */
    private static byte[] bytes(FileSystemClient storage, FileStatus file, int length)
            throws IOException {
        int read = (int) Math.min(length, file.getSize());
        FileReadRequest request =
                new FileReadRequest() {
                    @Override
                    public String getPath() {
                        return file.getPath();
                    }

                    @Override
                    public int getStartOffset() {
                        return (int) file.getSize() - read;
                    }

                    @Override
                    public int getReadLength() {
                        return read;
                    }
                };
        try (CloseableIterator<ByteArrayInputStream> contents =
                storage.readFiles(Utils.singletonCloseableIterator(request))) {
            return contents.next().readAllBytes();
        }
    }

    private static long version(String name) {
        return FileNames.deltaVersion(name);
    }

    private static String name(FileStatus file) {
        return file.getPath().substring(file.getPath().lastIndexOf('/') + 1);
    }
}
