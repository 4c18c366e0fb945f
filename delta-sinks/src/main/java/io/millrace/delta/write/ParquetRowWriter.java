package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.write.page.Compression;
import io.millrace.delta.write.page.PageCompressor;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.RowData;

/**
 * Writes rows into data files or change files of a table: one open file for each partition, a new
 * one when a file has reached its size.
 *
 * <p>The position of a row in its file is known when the row is written; a file is complete, and
 * has statistics, when {@link #finish} returned it. Not thread-safe.
 */
@Internal
public final class ParquetRowWriter implements Closeable {

    /** Column of change files that says what happened to the row. */
    public static final String CHANGE_TYPE = "_change_type";

    /** Folder of change files. */
    public static final String CHANGE_FOLDER = "_change_data/";

    /** Size at which a file is closed, in bytes. */
    public static final long DEFAULT_FILE_SIZE = 128L << 20;

    /** Open files; with more partitions than this at once, files get smaller. */
    private static final int MAX_OPEN_FILES = 64;

    private final FileLayout layout;
    private final FileNaming naming;
    private final boolean changes;
    private final boolean typed;
    private final long fileSize;
    private final Partitioner partitioner;
    private final Map<Partition, OpenFile> open = new LinkedHashMap<>(16, 0.75f, true);
    private final List<WrittenFile> written = new ArrayList<>();
    private final PageCompressor compressor = new PageCompressor(Compression.DEFAULT);
    private OpenFile last;

    private ParquetRowWriter(
            FileLayout layout, FileNaming naming, boolean changes, boolean typed, long fileSize) {
        this.layout = requireNonNull(layout, "layout is null");
        this.naming = requireNonNull(naming, "naming is null");
        this.changes = changes;
        this.typed = typed;
        this.fileSize = fileSize;
        this.partitioner = new Partitioner(layout);
    }

    public static ParquetRowWriter dataFiles(FileLayout layout, FileNaming naming) {
        return dataFiles(layout, naming, DEFAULT_FILE_SIZE);
    }

    static ParquetRowWriter dataFiles(FileLayout layout, FileNaming naming, long fileSize) {
        return new ParquetRowWriter(layout, naming, false, false, fileSize);
    }

    public static ParquetRowWriter changeFiles(FileLayout layout, FileNaming naming) {
        return new ParquetRowWriter(layout, naming, true, true, DEFAULT_FILE_SIZE);
    }

    /** Data files that serve as change files, too: they have the column with the change type. */
    static ParquetRowWriter dataFilesWithChangeType(FileLayout layout, FileNaming naming) {
        return new ParquetRowWriter(layout, naming, false, true, DEFAULT_FILE_SIZE);
    }

    /**
     * Writes a row into a data file.
     *
     * @return its position in {@link #path}
     */
    public long write(RowData row) throws IOException {
        if (typed) {
            throw new IllegalStateException("a row of these files needs a change type");
        }
        return fileFor(row).write(row);
    }

    /**
     * Writes a row with what happened to it.
     *
     * @return its position in {@link #path}
     */
    public long write(RowData row, ChangeType type) throws IOException {
        if (!typed) {
            throw new IllegalStateException("these files have no change type");
        }
        return fileFor(row).write(row, type);
    }

    /** Path, as in the log, of the file that the last row went into. */
    public String path() {
        return last.logPath();
    }

    private OpenFile fileFor(RowData row) throws IOException {
        Partition partition = partitioner.of(row);
        OpenFile file = open.get(partition);
        if (file != null && file.size() >= fileSize) {
            close(partition, file);
            file = null;
        }
        if (file == null) {
            if (open.size() >= MAX_OPEN_FILES) {
                Map.Entry<Partition, OpenFile> oldest = open.entrySet().iterator().next();
                close(oldest.getKey(), oldest.getValue());
            }
            String folder = (changes ? CHANGE_FOLDER : "") + partition.folder();
            String name = naming.next(changes ? "cdc" : "part");
            file = OpenFile.create(layout, partition, folder + name, typed, compressor);
            open.put(partition, file);
        }
        last = file;
        return file;
    }

    private void close(Partition partition, OpenFile file) throws IOException {
        open.remove(partition);
        written.add(file.finish());
    }

    /** Closes the open files and returns all that were written since the last call. */
    public List<WrittenFile> finish() throws IOException {
        for (Iterator<OpenFile> files = open.values().iterator(); files.hasNext(); ) {
            OpenFile file = files.next();
            files.remove();
            written.add(file.finish());
        }
        List<WrittenFile> result = List.copyOf(written);
        written.clear();
        compressor.release();
        return result;
    }

    /** Closes what is open and forgets it; files that nobody commits stay behind for cleaning. */
    @Override
    public void close() throws IOException {
        for (Iterator<OpenFile> files = open.values().iterator(); files.hasNext(); ) {
            OpenFile file = files.next();
            files.remove();
            file.abandon();
        }
        compressor.release();
        written.clear();
    }
}
