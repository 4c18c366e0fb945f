package io.millrace.delta.write.page;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Writes rows into one Parquet file: pages of version 1, in PLAIN or with a dictionary, which every
 * reader knows, with column and offset indexes.
 *
 * <p>Holds the row group that is being written, compressed, and a page of each column. Not
 * thread-safe; after an exception it can only be closed.
 */
public final class RowFileWriter implements Closeable {

    private static final int NO_PADDING = 0;

    private final MessageType schema;
    private final EncoderSettings settings;
    private final PageCompressor compressor;
    private final ParquetFileWriter file;
    private final int[] positions;
    private final FieldEncoder[] fields;
    private final LeafColumn[] columns;
    private final LeafColumn changeType;
    private final ByteSink page;
    private ColumnChunkPageWriteStore pages;
    private long rowsInGroup;
    private int rowsSincePage;
    private long rows;
    private long plainBytes;
    private long compressedBytes;
    private ParquetMetadata footer;

    /**
     * Begins a file.
     *
     * @param file must not exist
     * @param schema of the file; may have one column more than {@code positions}, a text at the end
     * @param type of the rows
     * @param positions of the fields in rows that become the file's columns, in their order
     * @param compressor shared by the files of one thread; not released here
     */
    public RowFileWriter(
            OutputFile file,
            MessageType schema,
            RowType type,
            int[] positions,
            EncoderSettings settings,
            PageCompressor compressor)
            throws IOException {
        this.schema = requireNonNull(schema, "schema is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.compressor = requireNonNull(compressor, "compressor is null");
        this.positions = positions.clone();
        this.page = new ByteSink(Integer.MAX_VALUE);
        Map<List<String>, LeafColumn> byPath = new HashMap<>();
        List<LeafColumn> leaves = new ArrayList<>();
        for (ColumnDescriptor descriptor : schema.getColumns()) {
            String path = String.join(".", descriptor.getPath());
            LeafColumn leaf =
                    new LeafColumn(
                            descriptor,
                            settings.pageSize(),
                            !settings.withoutDictionary().contains(path),
                            settings.bloomFilters().get(path));
            leaves.add(leaf);
            byPath.put(List.of(descriptor.getPath()), leaf);
        }
        this.columns = leaves.toArray(LeafColumn[]::new);
        this.fields = new FieldEncoder[positions.length];
        FieldEncoders encoders = new FieldEncoders(byPath);
        for (int i = 0; i < positions.length; i++) {
            fields[i] = encoders.field(type.getTypeAt(positions[i]), schema.getType(i));
        }
        this.changeType =
                schema.getFieldCount() > positions.length ? columns[columns.length - 1] : null;
        this.file =
                new ParquetFileWriter(
                        file,
                        schema,
                        ParquetFileWriter.Mode.CREATE,
                        settings.rowGroupSize(),
                        NO_PADDING,
                        null,
                        ParquetProperties.builder()
                                .withPageWriteChecksumEnabled(settings.checksums())
                                .build());
        this.file.start();
        this.pages = newPages();
    }

    private ColumnChunkPageWriteStore newPages() {
        return new ColumnChunkPageWriteStore(
                compressor,
                schema,
                new HeapByteBufferAllocator(),
                ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
                settings.checksums());
    }

    /**
     * Writes a row, with a null change type where the file has a column of them.
     *
     * @return its position in the file
     */
    public long write(RowData row) throws IOException {
        encode(row);
        if (changeType != null) {
            changeType.missing(0, 0);
        }
        return written();
    }

    /**
     * Writes a row and its change type.
     *
     * @param type UTF-8
     * @return its position in the file
     */
    public long write(RowData row, byte[] type) throws IOException {
        encode(row);
        ByteSink out = changeType.value(0);
        out.putInt(type.length);
        out.put(type, 0, type.length);
        return written();
    }

    private void encode(RowData row) {
        for (int i = 0; i < fields.length; i++) {
            fields[i].write(row, positions[i], 0, 0);
        }
    }

    private long written() throws IOException {
        rowsInGroup++;
        rowsSincePage++;
        boolean all = rowsSincePage == settings.pageRows();
        if (all || anyFull()) {
            flushPages(all);
            if (pagesSize() >= settings.rowGroupSize()) {
                flushRowGroup();
            }
        }
        return rows++;
    }

    private boolean anyFull() {
        for (LeafColumn column : columns) {
            if (column.isFull()) {
                return true;
            }
        }
        return false;
    }

    private void flushPages(boolean all) throws IOException {
        for (LeafColumn column : columns) {
            if (all || column.isFull()) {
                PageWriter out = pages.getPageWriter(column.descriptor());
                long before = out.getMemSize();
                plainBytes += column.pending();
                column.flushPage(out, page);
                compressedBytes += out.getMemSize() - before;
            }
        }
        if (all) {
            rowsSincePage = 0;
        }
    }

    /** Writes what there is as a row group; nothing where there is nothing. */
    public void flushRowGroup() throws IOException {
        if (rowsInGroup == 0) {
            return;
        }
        flushPages(true);
        for (LeafColumn column : columns) {
            column.finishChunk(pages.getPageWriter(column.descriptor()));
        }
        file.startBlock(rowsInGroup);
        pages.flushToFileWriter(file);
        for (LeafColumn column : columns) {
            String path = String.join(".", column.descriptor().getPath());
            // Not through the pages: those leave it out where a dictionary has all values.
            column.takeBloomFilter().ifPresent(filter -> file.addBloomFilter(path, filter));
        }
        file.endBlock();
        pages.close();
        pages = newPages();
        rowsInGroup = 0;
    }

    private long pagesSize() {
        long size = 0;
        for (LeafColumn column : columns) {
            size += pages.getPageWriter(column.descriptor()).getMemSize();
        }
        return size;
    }

    /** About how large the file would be if it were closed now, without its footer, in bytes. */
    public long size() throws IOException {
        long pending = 0;
        for (LeafColumn column : columns) {
            pending += column.pending();
        }
        double ratio = plainBytes == 0 ? 1 : Math.min(1, (double) compressedBytes / plainBytes);
        return file.getPos() + pagesSize() + (long) (pending * ratio);
    }

    /** Bytes of heap that this holds, about; mostly the row group that is being written. */
    public long heldBytes() {
        long held = pagesSize() + page.capacity();
        for (LeafColumn column : columns) {
            held += column.capacity();
        }
        return held;
    }

    public long rows() {
        return rows;
    }

    /** Ends the file and returns its footer, with whole statistics; once. */
    public ParquetMetadata finish() throws IOException {
        flushRowGroup();
        file.end(Map.of());
        footer = file.getFooter();
        close();
        return footer;
    }

    /** Closes the file. Without {@link #finish} it has no footer, and nobody can read it. */
    @Override
    public void close() throws IOException {
        pages.close();
        if (footer == null) {
            file.close();
        }
    }
}
