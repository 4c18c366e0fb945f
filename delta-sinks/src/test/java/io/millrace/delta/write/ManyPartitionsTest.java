package io.millrace.delta.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

/**
 * More partitions than files can be open. {@code -Dpartitions=10000 -Drows=100000000} is the form
 * that shows the memory bound; it keeps no rows to compare with.
 */
class ManyPartitionsTest extends ParquetRowWriterTestBase {

    private static final int PARTITIONS = Integer.getInteger("partitions", 150);
    private static final long ROWS = Long.getLong("rows", 6_000);
    private static final boolean LONG_FORM = ROWS > 1_000_000;
    private static final RowType TYPE =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("part", DataTypes.INT()),
                                    DataTypes.FIELD("n", DataTypes.BIGINT()),
                                    DataTypes.FIELD("note", DataTypes.STRING()))
                            .notNull()
                            .getLogicalType();

    @Test
    void eachPartitionGetsOneFileAndEachRowThePlaceThatWasTold() throws IOException {
        FileLayout layout = layout(TYPE, List.of("part"));
        SplittableRandom random = new SplittableRandom(7);
        Map<String, List<Long>> expected = new HashMap<>();
        List<WrittenFile> files;
        try (ParquetRowWriter writer =
                ParquetRowWriter.dataFiles(layout, FileNaming.forSink("sink"))) {
            for (long i = 0; i < ROWS; i++) {
                long position = writer.write(row(random.nextInt(PARTITIONS), i));
                if (!LONG_FORM) {
                    List<Long> rows =
                            expected.computeIfAbsent(writer.path(), p -> new ArrayList<>());
                    assertThat(position).isEqualTo(rows.size());
                    rows.add(i);
                }
            }
            files = writer.finish();
        }

        assertThat(files).hasSize(PARTITIONS);
        assertThat(files.stream().mapToLong(WrittenFile::rows).sum()).isEqualTo(ROWS);
        if (!LONG_FORM) {
            for (WrittenFile file : files) {
                assertThat(read(layout, file, List.of("n")).stream().map(r -> r.getLong(0)))
                        .containsExactlyElementsOf(expected.get(file.path()));
            }
        }
    }

    @Test
    void whatAFailedAttemptLeavesIsFoundByName() throws IOException {
        FileLayout layout = layout(TYPE, List.of("part"));
        FileNaming failed = FileNaming.forSink("sink");
        try (ParquetRowWriter writer = ParquetRowWriter.dataFiles(layout, failed)) {
            for (int part = 0; part < 3; part++) {
                writer.write(row(part, part));
            }
        }
        FileNaming second = FileNaming.forSink("sink");
        try (ParquetRowWriter writer = ParquetRowWriter.dataFiles(layout, second)) {
            writer.write(row(1, 1));
            assertThat(writer.finish()).hasSize(1);
        }

        assertThat(filesWith(failed.mark())).hasSize(3);
        assertThat(filesWith(second.mark())).hasSize(1);
        assertThat(filesWith(".parquet")).hasSize(4).allMatch(f -> FileNaming.isOf("sink", f));
    }

    private List<String> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(path -> path.contains(text))
                    .toList();
        }
    }

    private static RowData row(int part, long n) {
        return GenericRowData.of(part, n, StringData.fromString("note of row number " + n));
    }
}
