package io.millrace.delta.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.source.ScriptedTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One bit of one file is not what its writer wrote: the rows are the same, because nobody needs the
 * bit, or reading ends with an error that says where. Footers and headers of pages have no
 * checksum, so that a bit there may change rows unseen; pages and deletion vectors have one.
 *
 * <p>{@code -Dmillrace.flips.minutes=10} for a long search, {@code -Dmillrace.flips.seed} to repeat
 * one.
 */
class FlippedBytesTest {

    private static final int FLIPS = Integer.getInteger("millrace.flips", 60);
    private static final long MINUTES = Long.getLong("millrace.flips.minutes", 0);
    private static final long SEED = Long.getLong("millrace.flips.seed", 42);
    private static final int PATIENCE_SECONDS = 30;

    @TempDir private static Path folder;

    private static ScriptedTable table;
    private static List<String> feed;
    private static List<String> snapshot;

    /** Where the bit is. */
    enum Where {
        DATA("f", ".parquet"),
        CHANGES("_change_data/", ".parquet"),
        VECTOR("deletion_vector", ".bin"),
        CHECKPOINT("_delta_log/", ".checkpoint.parquet");

        private final String start;
        private final String end;

        Where(String start, String end) {
            this.start = start;
            this.end = end;
        }

        boolean isIn(Path file) {
            String path = folder.resolve("people").relativize(file).toString();
            return path.startsWith(start) && path.endsWith(end);
        }
    }

    @BeforeAll
    static void aTableWithEveryKindOfFile() throws Exception {
        table = new ScriptedTable(folder.resolve("people"));
        table.insert(rows(0, 900)).insert(rows(900, 1200));
        table.rename("c", IntStream.range(0, 200).mapToObj(i -> (long) i).toArray(Long[]::new));
        table.deleteByVector(IntStream.range(300, 500).mapToObj(i -> i * 2L).toArray(Long[]::new));
        table.checkpoint(table.version());
        feed = feed();
        snapshot = snapshot();
    }

    private static Row[] rows(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new Row(i, "name " + i * 7919 % 1000, i % 2 == 0 ? "x" : "y"))
                .toArray(Row[]::new);
    }

    private static List<String> feed() throws Exception {
        return SourceDrive.changes(table.spec(new StartingPosition.Version(1)), table.version());
    }

    private static List<String> snapshot() throws Exception {
        return SourceDrive.snapshot(table.spec(new StartingPosition.Snapshot()), table.version());
    }

    @AfterAll
    static void everythingIsAsItWas() throws Exception {
        assertThat(feed()).containsExactlyInAnyOrderElementsOf(feed);
    }

    @ParameterizedTest
    @EnumSource
    void aFlippedBitIsSeenOrNotNeeded(Where where) throws Exception {
        List<Path> files = files(where);
        assertThat(files).isNotEmpty();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES) / Where.values().length;
        for (int flip = 0; flip < FLIPS || System.nanoTime() < end; flip++) {
            Random random = new Random(SEED + 31L * flip + where.name().hashCode());
            Path file = files.get(random.nextInt(files.size()));
            byte[] good = Files.readAllBytes(file);
            int at = random.nextInt(good.length);
            boolean inPage = where != Where.VECTOR && isInPage(file, at);
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << random.nextInt(8));
            String what =
                    "flip %d: byte %d of %d in %s, bit %x"
                            .formatted(flip, at, good.length, file, bad[at] ^ good[at]);
            Files.write(file, bad);
            try {
                judge(where, file, inPage, what);
            } finally {
                Files.write(file, good);
            }
        }
    }

    private static void judge(Where where, Path file, boolean inPage, String what)
            throws Exception {
        boolean hasChecksum = where == Where.VECTOR || inPage;
        check(FlippedBytesTest::feed, feed, where, file, hasChecksum, what);
        check(FlippedBytesTest::snapshot, snapshot, where, file, hasChecksum, what);
    }

    private interface Read {
        List<String> rows() throws Exception;
    }

    private static void check(
            Read read,
            List<String> expected,
            Where where,
            Path file,
            boolean hasChecksum,
            String what)
            throws Exception {
        CompletableFuture<List<String>> rows = new CompletableFuture<>();
        Thread reading =
                new Thread(
                        () -> {
                            try {
                                rows.complete(read.rows());
                            } catch (Throwable e) {
                                rows.completeExceptionally(e);
                            }
                        });
        reading.setDaemon(true);
        reading.start();
        try {
            List<String> found = rows.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (hasChecksum) {
                assertThat(found).as(what).containsExactlyInAnyOrderElementsOf(expected);
            }
        } catch (ExecutionException e) {
            String message = e.getCause().getMessage();
            String table = folder.resolve("people").toString();
            if (where == Where.CHECKPOINT) {
                assertThat(message).as(what).contains(table + ": cannot ");
            } else if (where == Where.VECTOR) {
                assertThat(message).as(what).contains(table, "at version", "deletion vector");
            } else {
                assertThat(message).as(what).contains(table, "at version", file.getFileName() + "");
            }
        }
    }

    /** Whether a byte lies in a page that has a checksum; headers of pages have none. */
    private static boolean isInPage(Path good, int at) throws IOException {
        ParquetReadOptions options =
                ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
        InputFile file = new LocalInputFile(good);
        try (SeekableInputStream stream = file.newStream()) {
            for (BlockMetaData block :
                    ParquetFileReader.readFooter(file, options, stream).getBlocks()) {
                for (ColumnChunkMetaData chunk : block.getColumns()) {
                    long position = chunk.getStartingPos();
                    long end = position + chunk.getTotalSize();
                    while (at >= position && position < end) {
                        stream.seek(position);
                        PageHeader header = Util.readPageHeader(stream);
                        long start = stream.getPos();
                        position = start + header.getCompressed_page_size();
                        if (at >= start && at < position) {
                            return header.isSetCrc();
                        }
                    }
                }
            }
        }
        return false;
    }

    private static List<Path> files(Where where) throws IOException {
        Path root = folder.resolve("people");
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).filter(where::isIn).sorted().toList();
        }
    }
}
