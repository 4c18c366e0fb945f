package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.write.page.PageCompressor;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
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
 * <p>Memory is bounded however many partitions there are: at most {@link #MAX_OPEN_FILES} files are
 * open, which together hold {@link #MEMORY} bytes, and rows of further partitions wait on local
 * disk until {@link #finish}. So each partition gets one file, if its rows fit into one.
 *
 * <p>The path and position of a row are known when it is written; a file is complete, and has
 * statistics, when {@link #finish} returned it. Not thread-safe.
 */
@Internal
public final class ParquetRowWriter implements Closeable {

    /** Column of change files that says what happened to the row. */
    public static final String CHANGE_TYPE = "_change_type";

    /** Folder of change files. */
    public static final String CHANGE_FOLDER = "_change_data/";

    static final int MAX_OPEN_FILES = 64;

    /** Bytes that open files hold before the largest row group is written. */
    static final long MEMORY = 256L << 20;

    private static final int ROWS_BETWEEN_MEMORY_CHECKS = 4096;

    /** Rows of others after which a partition's file makes place for another. */
    private static final long IDLE_ROWS = 1_000_000;

    /** Compressed rows are smaller than those on local disk. */
    private static final int SPILLED_TIMES = 2;

    private final FileLayout layout;
    private final FileNaming naming;
    private final boolean changes;
    private final boolean typed;
    private final long fileSize;
    private final Partitioner partitioner;
    private final Map<Partition, OpenFile> open = new LinkedHashMap<>(16, 0.75f, true);
    private final List<OpenFile> drained = new ArrayList<>();
    private final List<WrittenFile> written = new ArrayList<>();
    private final PageCompressor compressor;
    private PartitionSpill spill;
    private String path = "";
    private long rows;

    private ParquetRowWriter(
            FileLayout layout, FileNaming naming, boolean changes, boolean typed, long fileSize) {
        this.layout = requireNonNull(layout, "layout is null");
        this.naming = requireNonNull(naming, "naming is null");
        this.changes = changes;
        this.typed = typed;
        this.fileSize = fileSize;
        this.compressor = new PageCompressor(layout.files().compression());
        this.partitioner = new Partitioner(layout);
    }

    public static ParquetRowWriter dataFiles(FileLayout layout, FileNaming naming) {
        return dataFiles(layout, naming, layout.files().fileSize());
    }

    static ParquetRowWriter dataFiles(FileLayout layout, FileNaming naming, long fileSize) {
        return new ParquetRowWriter(layout, naming, false, false, fileSize);
    }

    public static ParquetRowWriter changeFiles(FileLayout layout, FileNaming naming) {
        return new ParquetRowWriter(layout, naming, true, true, layout.files().fileSize());
    }

    /** Data files that serve as change files, too: they have the column with the change type. */
    static ParquetRowWriter dataFilesWithChangeType(FileLayout layout, FileNaming naming) {
        return new ParquetRowWriter(layout, naming, false, true, layout.files().fileSize());
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
        return add(row, null);
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
        return add(row, requireNonNull(type, "type is null"));
    }

    /** Path, as in the log, of the file that the last row went into. */
    public String path() {
        return path;
    }

    private long add(RowData row, ChangeType type) throws IOException {
        Partition partition = partitioner.of(row);
        rows++;
        if (spill != null && spill.holds(partition)) {
            return spill(partition, row, type);
        }
        OpenFile file = open.get(partition);
        if (file != null && file.size() >= fileSize) {
            close(partition, file);
            file = null;
        }
        if (file == null) {
            if (open.size() >= MAX_OPEN_FILES && !closeIdle()) {
                return spill(partition, row, type);
            }
            file = create(partition, newPath(partition));
            open.put(partition, file);
        }
        if (rows % ROWS_BETWEEN_MEMORY_CHECKS == 0) {
            keepWithin(MEMORY, open.values());
        }
        file.used(rows);
        path = file.logPath();
        return type == null ? file.write(row) : file.write(row, type);
    }

    private long spill(Partition partition, RowData row, ChangeType type) throws IOException {
        if (spill == null) {
            spill =
                    new PartitionSpill(
                            naming.localFolder(), layout.rowType(), SPILLED_TIMES * fileSize);
        }
        PartitionSpill.SpilledFile file = spill.fileOf(partition, this::newPath);
        path = OpenFile.encode(file.path());
        return spill.add(file, row, type);
    }

    /** Closes the file that was not written to for longest, if that is long ago. */
    private boolean closeIdle() throws IOException {
        Map.Entry<Partition, OpenFile> oldest = open.entrySet().iterator().next();
        if (rows - oldest.getValue().used() < IDLE_ROWS) {
            return false;
        }
        close(oldest.getKey(), oldest.getValue());
        return true;
    }

    /** Writes the largest row groups until what is held is half of what may be. */
    private static void keepWithin(long bytes, Iterable<OpenFile> files) throws IOException {
        long held = 0;
        List<OpenFile> holding = new ArrayList<>();
        for (OpenFile file : files) {
            held += file.heldBytes();
            holding.add(file);
        }
        if (held <= bytes) {
            return;
        }
        holding.sort(Comparator.comparingLong(OpenFile::heldBytes).reversed());
        for (OpenFile file : holding) {
            if (held <= bytes / 2) {
                return;
            }
            held -= file.heldBytes();
            file.flush();
            held += file.heldBytes();
        }
    }

    private String newPath(Partition partition) {
        String folder = (changes ? CHANGE_FOLDER : "") + partition.folder();
        return folder + naming.next(changes ? "cdc" : "part", layout.files().compression());
    }

    private OpenFile create(Partition partition, String path) throws IOException {
        return OpenFile.create(layout, partition, path, typed, compressor);
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
        if (spill != null) {
            spill.drain(new Drained(), MAX_OPEN_FILES);
            spill.close();
            spill = null;
        }
        List<WrittenFile> result = List.copyOf(written);
        written.clear();
        compressor.release();
        return result;
    }

    /** Files of spilled partitions, which are few at a time. */
    private final class Drained implements PartitionSpill.Target {

        @Override
        public OpenFile open(Partition partition, String path) throws IOException {
            OpenFile file = create(partition, path);
            drained.add(file);
            return file;
        }

        @Override
        public void wrote() throws IOException {
            rows++;
            if (rows % ROWS_BETWEEN_MEMORY_CHECKS == 0) {
                keepWithin(MEMORY, drained);
            }
        }

        @Override
        public void close(OpenFile file) throws IOException {
            drained.remove(file);
            written.add(file.finish());
        }
    }

    /** Closes what is open and forgets it; files that nobody commits stay behind for cleaning. */
    @Override
    public void close() throws IOException {
        for (Iterator<OpenFile> files = open.values().iterator(); files.hasNext(); ) {
            OpenFile file = files.next();
            files.remove();
            file.abandon();
        }
        for (OpenFile file : drained) {
            file.abandon();
        }
        drained.clear();
        if (spill != null) {
            spill.close();
            spill = null;
        }
        compressor.release();
        written.clear();
    }
}
