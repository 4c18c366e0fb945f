package io.millrace.delta.write;

import io.millrace.delta.table.StorageOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.table.data.RowData;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;

/** A file that is being written. */
final class OpenFile {

    private static final long ROW_GROUP_SIZE = 64L << 20;

    /** Asking for the size walks all columns. */
    private static final int ROWS_BETWEEN_SIZE_CHECKS = 500;

    private final FileLayout layout;
    private final Partition partition;
    private final String logPath;
    private final SizeOfFile closedSize;
    private final ParquetWriter<RowWriteSupport.Change> writer;
    private final RowWriteSupport.Change change = new RowWriteSupport.Change();
    private long rows;
    private long knownSize;

    private OpenFile(
            FileLayout layout,
            Partition partition,
            String logPath,
            SizeOfFile closedSize,
            ParquetWriter<RowWriteSupport.Change> writer) {
        this.layout = layout;
        this.partition = partition;
        this.logPath = logPath;
        this.closedSize = closedSize;
        this.writer = writer;
    }

    /** Creates the file at {@code path}, which is relative to the table and not encoded. */
    static OpenFile create(
            FileLayout layout, Partition partition, String path, boolean withChangeType)
            throws IOException {
        RowWriteSupport support = new RowWriteSupport(layout, withChangeType);
        Configuration configuration = StorageOptions.NONE.hadoop();
        configuration.setInt("parquet.compression.codec.zstd.level", 1);
        Target target = Target.of(layout.location(), path, configuration);
        Builder builder =
                new Builder(target.file(), support)
                        .withConf(configuration)
                        .withCompressionCodec(CompressionCodecName.ZSTD)
                        .withRowGroupSize(ROW_GROUP_SIZE);
        ColumnMapping mapping = layout.mapping();
        List<String> stored = layout.storedColumns();
        for (String column : layout.keyColumns()) {
            if (stored.contains(column)) {
                // A key has as many values as rows: a dictionary only costs time.
                builder.withDictionaryEncoding(mapping.physicalName(layout.field(column)), false);
            }
        }
        return new OpenFile(layout, partition, encode(path), target.size(), builder.build());
    }

    /** Where the file is written to. */
    private record Target(OutputFile file, SizeOfFile size) {

        static Target of(String location, String path, Configuration configuration)
                throws IOException {
            Path file = new Path(new Path(location), path);
            String scheme = file.toUri().getScheme();
            if (scheme == null || scheme.equals("file")) {
                // Hadoop's local file system would write a checksum file beside each file.
                java.nio.file.Path local = java.nio.file.Path.of(file.toUri().getPath());
                Files.createDirectories(local.getParent());
                return new Target(new LocalOutputFile(local), () -> Files.size(local));
            }
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
        change.row = row;
        writer.write(change);
        return rows++;
    }

    void write(RowData row, ChangeType type) throws IOException {
        change.changeType = type.binary();
        write(row);
    }

    /** About how large the file is, in bytes. */
    long size() {
        if (rows % ROWS_BETWEEN_SIZE_CHECKS == 0) {
            knownSize = writer.getDataSize();
        }
        return knownSize;
    }

    /** Closes the file, which nobody is going to name. */
    void abandon() throws IOException {
        writer.close();
    }

    WrittenFile finish() throws IOException {
        writer.close();
        String stats = new FileStatistics(layout).toJson(writer.getFooter(), rows);
        return new WrittenFile(logPath, partition.values(), closedSize.get(), rows, stats);
    }

    private static final class Builder
            extends ParquetWriter.Builder<RowWriteSupport.Change, Builder> {

        private final RowWriteSupport support;

        Builder(OutputFile file, RowWriteSupport support) {
            super(file);
            this.support = support;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation")
        protected WriteSupport<RowWriteSupport.Change> getWriteSupport(
                Configuration configuration) {
            return support;
        }
    }
}
