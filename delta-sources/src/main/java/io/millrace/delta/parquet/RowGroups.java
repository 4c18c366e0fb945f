package io.millrace.delta.parquet;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;

/** The row groups of a file that a range selects, one after the other. */
final class RowGroups implements Closeable {

    private final InputFile input;
    private final SeekableInputStream stream;
    private final ParquetMetadata footer;

    private Optional<ParquetFileReader> reader = Optional.empty();
    private int inRange;
    private List<BlockMetaData> selected = List.of();

    private RowGroups(InputFile input, SeekableInputStream stream, ParquetMetadata footer) {
        this.input = requireNonNull(input, "input is null");
        this.stream = requireNonNull(stream, "stream is null");
        this.footer = requireNonNull(footer, "footer is null");
    }

    /** Reads the footer. */
    static RowGroups open(InputFile input) throws IOException {
        SeekableInputStream stream = input.newStream();
        try {
            ParquetMetadata footer = ParquetFileReader.readFooter(input, options().build(), stream);
            checkPlaces(footer, input.getLength());
            return new RowGroups(input, stream, footer);
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /** A footer has no checksum; memory must not be asked for by what stands in a damaged one. */
    private static void checkPlaces(ParquetMetadata footer, long length) {
        for (BlockMetaData block : footer.getBlocks()) {
            for (ColumnChunkMetaData chunk : block.getColumns()) {
                long start = chunk.getStartingPos();
                long size = chunk.getTotalSize();
                if (start < 0 || size < 0 || start > length || size > length - start) {
                    throw new ParquetDecodingException(
                            "column %s has %d bytes from byte %d of %d on"
                                    .formatted(chunk.getPath().toDotString(), size, start, length));
                }
            }
        }
    }

    private static ParquetReadOptions.Builder options() {
        return ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(PageCodecs.ofFile())
                .usePageChecksumVerification(true);
    }

    MessageType schema() {
        return footer.getFileMetaData().getSchema();
    }

    /** Row groups of the range, whether or not the filter leaves them. */
    int inRange() {
        return inRange;
    }

    /** Says what {@link #next} gives. To be called once. */
    void select(ReadRange range, List<ColumnDescriptor> columns, FilterCompat.Filter filter)
            throws IOException {
        List<BlockMetaData> blocks = new ArrayList<>();
        for (BlockMetaData block : footer.getBlocks()) {
            if (block.getRowCount() > 0
                    && range.bytes().contains(midpoint(block))
                    && block.getRowIndexOffset() + block.getRowCount() > range.firstPosition()) {
                blocks.add(block);
            }
        }
        inRange = blocks.size();
        ParquetFileReader opened =
                new ParquetFileReader(
                        input,
                        new ParquetMetadata(footer.getFileMetaData(), blocks),
                        options().withRecordFilter(filter).build(),
                        stream);
        opened.setRequestedSchema(columns);
        reader = Optional.of(opened);
        selected = opened.getRowGroups();
    }

    private static long midpoint(BlockMetaData block) {
        return block.getStartingPos() + block.getCompressedSize() / 2;
    }

    /** Those left after what statistics, dictionaries and bloom filters say. */
    List<BlockMetaData> selected() {
        return selected;
    }

    /** The pages of the next row group that may hold rows of interest. */
    Optional<PageReadStore> next() throws IOException {
        return Optional.ofNullable(reader.orElseThrow().readNextFilteredRowGroup());
    }

    @Override
    public void close() throws IOException {
        if (reader.isPresent()) {
            reader.get().close();
        } else {
            stream.close();
        }
    }
}
