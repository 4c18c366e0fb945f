package io.millrace.tests.bench;

import com.sun.management.ThreadMXBean;
import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.StorageOptions;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.types.DeltaTypes;
import io.millrace.delta.write.FileLayout;
import io.millrace.delta.write.FileNaming;
import io.millrace.delta.write.ParquetRowWriter;
import io.millrace.delta.write.WrittenFile;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.formats.parquet.row.ParquetRowDataBuilder;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;
import org.apache.hadoop.conf.Configuration;

/**
 * Rows of a table, held in memory in Flink's binary form, into one Parquet file: with our writer
 * (zstd) and with flink-parquet's (snappy, its default), in turn. CPU time of the one thread.
 * Started by {@code tests/compare-writers}.
 */
public final class WriterComparison {

    private static final PrintStream OUT = System.out;

    private final RowType type;
    private final FileLayout layout;
    private final List<RowData> rows;

    /** One way to write. */
    private interface Writer {
        /** Bytes written. */
        long write() throws IOException;
    }

    private WriterComparison(RowType type, FileLayout layout, List<RowData> rows) {
        this.type = type;
        this.layout = layout;
        this.rows = rows;
    }

    /**
     * @param args the table's folder, how many of its rows, rounds
     */
    public static void main(String[] args) throws IOException {
        DeltaTable table = DeltaTable.at(args[0]);
        Path folder = Files.createTempDirectory("compare-writers");
        try {
            WriterComparison comparison = load(table, Integer.parseInt(args[1]), folder.toString());
            double ours = Double.MAX_VALUE;
            double theirs = Double.MAX_VALUE;
            for (int i = Integer.parseInt(args[2]); i > 0; i--) {
                ours = Math.min(ours, comparison.round("millrace", comparison::ours, folder));
                theirs =
                        Math.min(
                                theirs,
                                comparison.round(
                                        "flink-parquet", () -> comparison.theirs(folder), folder));
            }
            OUT.printf(
                    Locale.ROOT,
                    "a written row at best: millrace %.0f ns, flink-parquet %.0f ns: ratio %.2f%n",
                    ours,
                    theirs,
                    theirs / ours);
        } finally {
            clear(folder);
            Files.delete(folder);
        }
    }

    private static WriterComparison load(DeltaTable table, int limit, String target)
            throws IOException {
        TableSnapshot snapshot = table.snapshot();
        RowType type = DeltaTypes.toRowType(snapshot.metadata().schema());
        RowDataSerializer serializer = new RowDataSerializer(type);
        List<RowData> rows = new ArrayList<>();
        try (CloseableIterator<DataFile> files = snapshot.files()) {
            while (files.hasNext() && rows.size() < limit) {
                try (DeltaFileReader reader =
                        DeltaFileReader.open(
                                table,
                                snapshot.metadata(),
                                FileToRead.of(files.next()),
                                type.getFieldNames(),
                                Optional.empty())) {
                    while (reader.hasNext() && rows.size() < limit) {
                        rows.add(serializer.toBinaryRow(reader.next().row()).copy());
                    }
                }
            }
        }
        FileLayout layout =
                new FileLayout(
                        target,
                        StorageOptions.NONE,
                        snapshot.metadata().schema(),
                        type,
                        List.of(),
                        List.of(),
                        Map.of());
        return new WriterComparison(type, layout, rows);
    }

    private double round(String name, Writer writer, Path folder) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long bytes = writer.write();
        double nanos = (double) (threads.getCurrentThreadCpuTime() - cpu) / rows.size();
        OUT.printf(
                Locale.ROOT,
                "%s: %.0f ns a row, %.1f bytes a row%n",
                name,
                nanos,
                (double) bytes / rows.size());
        clear(folder);
        return nanos;
    }

    private long ours() throws IOException {
        try (ParquetRowWriter writer =
                ParquetRowWriter.dataFiles(layout, FileNaming.forSink("compare"))) {
            for (RowData row : rows) {
                writer.write(row);
            }
            return writer.finish().stream().mapToLong(WrittenFile::size).sum();
        }
    }

    private long theirs(Path folder) throws IOException {
        Path file = folder.resolve("flink.parquet");
        org.apache.flink.core.fs.Path path = new org.apache.flink.core.fs.Path(file.toUri());
        FSDataOutputStream out =
                FileSystem.getLocalFileSystem().create(path, FileSystem.WriteMode.NO_OVERWRITE);
        BulkWriter<RowData> writer =
                ParquetRowDataBuilder.createWriterFactory(type, new Configuration(), true)
                        .create(out);
        for (RowData row : rows) {
            writer.addElement(row);
        }
        writer.finish();
        out.close();
        return Files.size(file);
    }

    private static void clear(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
