package io.millrace.delta.write;

import io.millrace.delta.write.page.BloomSettings;
import io.millrace.delta.write.page.EncoderSettings;
import io.millrace.delta.write.page.PageCompressor;
import io.millrace.delta.write.page.RowFileWriter;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;

/** A file that is being written. */
final class OpenFile {

    /** Asking for the size walks all columns. */
    private static final int ROWS_BETWEEN_SIZE_CHECKS = 500;

    private final FileLayout layout;
    private final Partition partition;
    private final String logPath;
    private final SizeOfFile closedSize;
    private final RowFileWriter writer;
    private long knownSize;
    private long used;

    private OpenFile(
            FileLayout layout,
            Partition partition,
            String logPath,
            SizeOfFile closedSize,
            RowFileWriter writer) {
        this.layout = layout;
        this.partition = partition;
        this.logPath = logPath;
        this.closedSize = closedSize;
        this.writer = writer;
    }

    /** Creates the file at {@code path}, which is relative to the table and not encoded. */
    static OpenFile create(
            FileLayout layout,
            Partition partition,
            String path,
            boolean withChangeType,
            PageCompressor compressor)
            throws IOException {
        Target target = Target.of(layout, path);
        RowType rowType = layout.rowType();
        List<String> stored = layout.storedColumns();
        RowFileWriter writer =
                new RowFileWriter(
                        target.file(),
                        ParquetSchemas.schemaOf(layout, withChangeType),
                        rowType,
                        stored.stream().mapToInt(rowType::getFieldIndex).toArray(),
                        settings(layout),
                        compressor);
        return new OpenFile(layout, partition, encode(path), target.size(), writer);
    }

    /** A key has as many values as rows: to try a dictionary only costs time. */
    private static EncoderSettings settings(FileLayout layout) {
        Set<String> keys =
                layout.keyColumns().stream().map(layout::physicalPath).collect(Collectors.toSet());
        Map<String, BloomSettings> filters = new HashMap<>();
        layout.files()
                .bloomFilters()
                .forEach((column, filter) -> filters.put(layout.physicalPath(column), filter));
        return EncoderSettings.DEFAULT.withoutDictionary(keys).withBloomFilters(filters);
    }

    /** Where the file is written to. */
    private record Target(OutputFile file, SizeOfFile size) {

        static Target of(FileLayout layout, String path) throws IOException {
            Path file = new Path(new Path(layout.location()), path);
            String scheme = file.toUri().getScheme();
            if (scheme == null || scheme.equals("file")) {
                // Hadoop's local file system would write a checksum file beside each file.
                java.nio.file.Path local = java.nio.file.Path.of(file.toUri().getPath());
                Files.createDirectories(local.getParent());
                return new Target(new LocalOutputFile(local), () -> Files.size(local));
            }
            Configuration configuration = layout.storage().hadoop(layout.location());
            return new Target(
                    HadoopOutputFile.fromPath(file, configuration),
                    () -> file.getFileSystem(configuration).getFileStatus(file).getLen());
        }
    }

    /** Size of a file that was closed. */
    @FunctionalInterface
    private interface SizeOfFile {
        long get() throws IOException;
    }

    /** A relative path as the log has it, each segment URL-encoded. */
    static String encode(String path) {
        return Stream.of(path.split("/", -1))
                .map(OpenFile::encodeSegment)
                .collect(Collectors.joining("/"));
    }

    private static String encodeSegment(String segment) {
        try {
            return new URI(null, null, "/" + segment, null).getRawPath().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a file name: " + segment, e);
        }
    }

    String logPath() {
        return logPath;
    }

    long write(RowData row) throws IOException {
        return writer.write(row);
    }

    long write(RowData row, ChangeType type) throws IOException {
        return writer.write(row, type.bytes());
    }

    /** Notes when it was written to. */
    void used(long time) {
        this.used = time;
    }

    long used() {
        return used;
    }

    /** Bytes of heap that it holds, about. */
    long heldBytes() {
        return writer.heldBytes();
    }

    /** Puts what it holds into the file, as a row group. */
    void flush() throws IOException {
        writer.flushRowGroup();
    }

    /** About how large the file is, in bytes. */
    long size() throws IOException {
        if (writer.rows() % ROWS_BETWEEN_SIZE_CHECKS == 0) {
            knownSize = writer.size();
        }
        return knownSize;
    }

    /** Closes the file, which nobody is going to name. */
    void abandon() throws IOException {
        writer.close();
    }

    WrittenFile finish() throws IOException {
        ParquetMetadata footer = writer.finish();
        String stats = new FileStatistics(layout).toJson(footer, writer.rows());
        return new WrittenFile(logPath, partition.values(), closedSize.get(), writer.rows(), stats);
    }
}
