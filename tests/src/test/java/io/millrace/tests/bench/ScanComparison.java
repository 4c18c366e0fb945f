package io.millrace.tests.bench;

import io.millrace.bench.Round;
import io.millrace.bench.ScanBenchmark;
import io.millrace.bench.ScanBenchmark.Rows;
import io.millrace.bench.ScanRound;
import io.millrace.session.ClusterTarget;
import io.millrace.session.EmbeddedCluster;
import io.millrace.session.SessionProfile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.table.types.logical.RowType;

/**
 * Reads the same change feed with Millrace, with flink-parquet's reader and with Spark, in turn,
 * several rounds in warm JVMs, and each column alone with the first two.
 *
 * <p>Arguments: the table; how many rounds; parallelism; {@code peer.sh} of the Spark peer, if it
 * is to take part, which reads the table {@code orders} beside.
 */
public final class ScanComparison {

    private static final String COLUMNS = "%-34s %14s %14s %8s%n";

    private final FeedFiles feed;
    private final int rounds;
    private final int parallelism;
    private final PrintStream out;

    private ScanComparison(FeedFiles feed, int rounds, int parallelism, PrintStream out) {
        this.feed = feed;
        this.rounds = rounds;
        this.parallelism = parallelism;
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        Path table = Path.of(args[0]).toAbsolutePath().normalize();
        ScanComparison comparison =
                new ScanComparison(
                        FeedFiles.of(table.toString()),
                        Integer.parseInt(args[1]),
                        Integer.parseInt(args[2]),
                        System.out);
        comparison.compareColumns();
        comparison.compareEncoders();
        Optional<Path> peer = args.length > 3 ? Optional.of(Path.of(args[3])) : Optional.empty();
        comparison.compareScans(table, peer);
        System.exit(0);
    }

    private void compareColumns() throws IOException {
        out.printf(
                Locale.ROOT,
                "%nColumns, one thread, best of %d rounds (rows in a second of CPU time)%n"
                        + COLUMNS,
                rounds,
                "column",
                "millrace",
                "flink-parquet",
                "ratio");
        RowType columns = feed.columns();
        for (RowType.RowField field : columns.getFields()) {
            compare(field.getName() + " " + field.getType(), new RowType(List.of(field)));
        }
        compare("all columns", columns);
    }

    private void compare(String name, RowType columns) throws IOException {
        List<Round> ours = new ArrayList<>();
        List<Round> flinks = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            ours.add(ColumnScan.ours(feed, columns));
            flinks.add(ColumnScan.flinks(feed, columns));
        }
        checkSame(name, ours.get(0), flinks.get(0));
        out.printf(
                Locale.ROOT,
                COLUMNS,
                name,
                String.format(Locale.ROOT, "%,.0f", best(ours)),
                String.format(Locale.ROOT, "%,.0f", best(flinks)),
                String.format(Locale.ROOT, "%.2f", best(ours) / best(flinks)));
    }

    private static void checkSame(String name, Round ours, Round flinks) {
        if (ours.rows() != flinks.rows() || ours.sum() != flinks.sum()) {
            throw new IllegalStateException(name + ": read differently: " + ours + ", " + flinks);
        }
    }

    private void compareEncoders() throws IOException {
        EncoderComparison encoders = new EncoderComparison(feed, feed.columns());
        double ours = Double.MAX_VALUE;
        double flinks = Double.MAX_VALUE;
        for (int i = 0; i < rounds; i++) {
            EncoderComparison.Nanos round = encoders.run();
            ours = Math.min(ours, round.ours());
            flinks = Math.min(flinks, round.flinks());
        }
        out.printf(
                Locale.ROOT,
                "%nVectors to binary rows, one thread, best of %d rounds: millrace %.0f ns of CPU a"
                        + " row, Flink's serializer %.0f: ratio %.2f%n",
                rounds,
                ours,
                flinks,
                flinks / ours);
    }

    private void compareScans(Path table, Optional<Path> peer) throws Exception {
        // One for all rounds, as Spark's session is: neither side starts anything in its time.
        try (EmbeddedCluster cluster =
                EmbeddedCluster.start(SessionProfile.shipped("local"), parallelism)) {
            compareScans(table, peer, new ClusterTarget.Running(cluster));
        }
    }

    private void compareScans(Path table, Optional<Path> peer, ClusterTarget cluster)
            throws Exception {
        Path warehouse = Files.createTempDirectory("scan-comparison");
        ScanBenchmark feeds = scan(cluster, warehouse, table, Rows.FEED, parallelism);
        ScanBenchmark changelogs = scan(cluster, warehouse, table, Rows.CHANGELOG, parallelism);
        ParquetScan files =
                new ParquetScan(
                        SessionProfile.shipped("local"), cluster, warehouse, feed, parallelism);
        List<Round> rows = new ArrayList<>();
        List<Round> changelog = new ArrayList<>();
        List<Round> parquet = new ArrayList<>();
        List<Round> spark = new ArrayList<>();
        out.printf(
                "%nWhole feed, parallelism %d (rows/s; in brackets ns of CPU a row)%n",
                parallelism);
        try (PeerOrNone other = new PeerOrNone(peer)) {
            for (int i = 1; i <= rounds; i++) {
                ScanRound ours = feeds.run();
                ScanRound flinks = files.run();
                spark.addAll(other.scan(table.getParent(), parallelism));
                ScanRound ordered = changelogs.run();
                rows.add(ours.read());
                parquet.add(flinks.read());
                changelog.add(ordered.read());
                out.printf(
                        Locale.ROOT,
                        "round %d: millrace %s, flink-parquet %s, spark %,.0f; in order %s%n",
                        i,
                        text(ours),
                        text(flinks),
                        spark.isEmpty() ? Double.NaN : spark.get(spark.size() - 1).rowsPerSecond(),
                        text(ordered));
            }
        }
        report("the feed's rows", rows, parquet, spark);
        report("the changelog, in order", changelog, parquet, spark);
        compareParallelisms(cluster, warehouse, table, best(rows));
    }

    private void compareParallelisms(
            ClusterTarget cluster, Path warehouse, Path table, double atAll) throws Exception {
        if (parallelism == 1) {
            return;
        }
        ScanBenchmark alone = scan(cluster, warehouse, table, Rows.FEED, 1);
        List<Round> one = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            one.add(alone.run().read());
        }
        out.printf(
                Locale.ROOT,
                "best, the feed's rows: parallelism 1 %,.0f, parallelism %d %,.0f: ratio %.2f%n",
                best(one),
                parallelism,
                atAll,
                atAll / best(one));
    }

    private static ScanBenchmark scan(
            ClusterTarget cluster, Path warehouse, Path table, Rows rows, int parallelism) {
        return new ScanBenchmark(
                SessionProfile.shipped("local"),
                cluster,
                warehouse,
                table.toString(),
                rows,
                parallelism);
    }

    private static String text(ScanRound round) {
        return String.format(
                Locale.ROOT, "%,.0f (%,.0f)", round.rowsPerSecond(), round.cpuNanosPerRow());
    }

    /** Neither of the others puts changes in order. */
    private void report(String what, List<Round> ours, List<Round> parquet, List<Round> spark) {
        out.printf(
                Locale.ROOT,
                "best, %s: millrace %,.0f, flink-parquet %,.0f: ratio %.2f",
                what,
                best(ours),
                best(parquet),
                best(ours) / best(parquet));
        if (!spark.isEmpty()) {
            out.printf(
                    Locale.ROOT,
                    ", spark %,.0f: ratio %.2f",
                    best(spark),
                    best(ours) / best(spark));
        }
        out.println();
    }

    private static double best(List<Round> rounds) {
        return rounds.stream().mapToDouble(Round::rowsPerSecond).max().orElse(Double.NaN);
    }

    private static final class PeerOrNone implements AutoCloseable {
        private final Optional<SparkPeer> peer;

        PeerOrNone(Optional<Path> script) throws IOException {
            this.peer =
                    script.isPresent()
                            ? Optional.of(new SparkPeer(script.get()))
                            : Optional.empty();
        }

        List<Round> scan(Path base, int cores) throws IOException {
            return peer.isPresent() ? List.of(peer.get().scan(base, cores)) : List.of();
        }

        @Override
        public void close() {
            peer.ifPresent(SparkPeer::close);
        }
    }
}
