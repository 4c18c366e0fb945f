package io.millrace.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tests.harness.Accounts;
import io.millrace.tests.harness.Await;
import io.millrace.tests.harness.FeedReplay;
import io.millrace.tests.harness.Millrace;
import io.millrace.tests.harness.RawTable;
import io.millrace.tests.harness.SparkProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark changes a target, rows of its own keys, while a pipeline commits to it every second. Its
 * rows are in partitions of their own, and its statements say so: Spark gives a statement up when
 * others have added files that it might have had to read, which each of our commits does. {@code
 * -Dspark.beside=5} lets it do everything five times.
 */
@Tag("interop")
class SparkWritesBesideUsITCase {

    private static final int KEYS = 50;
    private static final long SPARKS_KEYS = 1_000;
    private static final int ROUNDS = Integer.getInteger("spark.beside", 1);
    private static final int TRIES = 20;

    /** Spark takes about a second for each version of a feed; ours looks at all of them. */
    private static final int REPLAYED_BY_SPARK = 10;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir Path folder;

    private SparkProgram spark;
    private String target;

    @Test
    void nothingIsLostOrDoubledAndTheFeedReplays() throws Exception {
        Accounts accounts = new Accounts(folder.resolve("accounts"), new Random(11), KEYS);
        Path warehouse = folder.resolve("warehouse");
        RawTable table = new RawTable(warehouse.resolve("accounts_copy"));
        target = "delta.`" + table.location() + "`";
        Millrace.Running run = run(warehouse, accounts);
        AtomicBoolean enough = new AtomicBoolean();
        Thread transfers = new Thread(() -> transferUntil(enough, accounts));
        spark = SparkProgram.start(folder);
        try {
            await(() -> table.latestVersion() >= 1, run);
            transfers.start();
            Set<String> rows = changeRowsOfItsOwn();
            enough.set(true);
            transfers.join();
            awaitCurrent(accounts, table, run);
            assertThat(rowsOf(table, false)).isEqualTo(text(accounts.at(accounts.version())));
            assertThat(rowsOf(table, true)).isEqualTo(rows);

            // What was before comes back, of our rows too: only the feed has to be right after it.
            sql(
                    "RESTORE TABLE %s TO VERSION AS OF %d"
                            .formatted(target, table.latestVersion() / 2));
            for (int i = 0; i < 10; i++) {
                accounts.transfer();
            }
            awaitCurrent(accounts, table, run);
            run.process().destroy();
            run.await().expect(0);

            assertThat(operations(table))
                    .contains(
                            "STREAMING UPDATE", "WRITE", "MERGE", "DELETE", "OPTIMIZE", "RESTORE");
            assertThat(new FeedReplay(table).firstDifference()).isEmpty();
            assertThat(keysThatWeChangeTwice(table)).isEmpty();
            spark.run("replay", table.location().toString(), "" + REPLAYED_BY_SPARK);
        } finally {
            enough.set(true);
            run.process().destroyForcibly();
            spark.close();
        }
    }

    private Millrace.Running run(Path warehouse, Accounts accounts) throws Exception {
        Path pipeline = Files.createDirectories(folder.resolve("pipeline"));
        Files.writeString(
                pipeline.resolve("pipeline.yaml"),
                """
                name: beside
                sources: [{name: accounts, path: "%s", key: [account]}]
                results:
                  - name: accounts_copy
                    key: [account]
                    partition-by: [branch]
                    query: SELECT * FROM accounts
                """
                        .formatted(accounts.location()));
        Path profile = folder.resolve("profile.yaml");
        Files.writeString(
                profile,
                """
                name: beside
                extends: local
                parallelism: 2
                checkpoint-interval: 1 s
                """);
        return new Millrace(folder)
                .start(
                        "run",
                        pipeline.toString(),
                        "--warehouse",
                        warehouse.toString(),
                        "--profile",
                        profile.toString());
    }

    private static void transferUntil(AtomicBoolean enough, Accounts accounts) {
        while (!enough.get()) {
            accounts.transfer();
            Await.pause(Duration.ofMillis(300));
        }
    }

    /** What its rows have to be in the end. */
    private Set<String> changeRowsOfItsOwn() {
        for (int round = 0; round < ROUNDS; round++) {
            long from = SPARKS_KEYS + 10L * round;
            sql(
                    "INSERT INTO %s SELECT id, 'Zz', 5 FROM range(%d, %d)"
                            .formatted(target, from, from + 10));
            sql(
                    """
                    MERGE INTO %s t USING (SELECT id FROM range(%d, %d)) s
                    ON t.account = s.id AND t.branch = 'Zz'
                    WHEN MATCHED THEN UPDATE SET balance = t.balance + 1
                    WHEN NOT MATCHED THEN INSERT (account, branch, balance) VALUES (s.id, 'Yy', 7)
                    """
                            .formatted(target, from + 5, from + 15)
                            .replace('\n', ' '));
            sql(
                    "DELETE FROM %s WHERE branch IN ('Yy', 'Zz') AND account >= %d"
                            .formatted(target, from + 10));
            sql("OPTIMIZE %s WHERE branch = 'Zz'".formatted(target));
        }
        Set<String> rows = new TreeSet<>();
        for (long key = SPARKS_KEYS; key < SPARKS_KEYS + 10L * ROUNDS; key++) {
            rows.add(List.of(key, "Zz", key % 10 < 5 ? 5L : 6L).toString());
        }
        return rows;
    }

    /** Spark gives up where we were faster; whoever uses it tries again. */
    private void sql(String statement) {
        for (int attempt = 1; ; attempt++) {
            try {
                spark.run("sql", statement);
                return;
            } catch (AssertionError e) {
                if (attempt == TRIES || !e.getMessage().contains("DELTA_CONCURRENT")) {
                    throw e;
                }
            }
        }
    }

    private static void awaitCurrent(Accounts accounts, RawTable table, Millrace.Running run) {
        String last = "\"accounts\":" + accounts.version() + "}";
        await(() -> sources(table).contains(last), run);
    }

    private static String sources(RawTable table) {
        for (long version = table.latestVersion(); version >= 0; version--) {
            var sources = table.commit(version).parameter("millrace.sources");
            if (sources.isPresent()) {
                return sources.get();
            }
        }
        return "";
    }

    /** Spark's RESTORE deletes and inserts rows in one version, equal ones, too. */
    private static List<String> keysThatWeChangeTwice(RawTable table) {
        FeedReplay feed = new FeedReplay(table);
        List<String> found = new ArrayList<>();
        for (long version = 0; version <= table.latestVersion(); version++) {
            if (table.commit(version).parameter("millrace.token").isPresent()) {
                found.addAll(feed.keysChangedTwice(List.of("account"), version));
            }
        }
        return found;
    }

    private static Set<String> operations(RawTable table) {
        Set<String> operations = new HashSet<>();
        for (long version = 0; version <= table.latestVersion(); version++) {
            operations.add(table.commit(version).info().path("operation").asText());
        }
        return operations;
    }

    private static Set<String> rowsOf(RawTable table, boolean sparks) {
        List<List<Object>> rows = new ArrayList<>(table.rows(table.latestVersion()));
        rows.removeIf(row -> (Long) row.get(0) >= SPARKS_KEYS != sparks);
        Set<String> text = text(rows);
        assertThat(text).hasSameSizeAs(rows);
        return text;
    }

    private static Set<String> text(List<List<Object>> rows) {
        Set<String> text = new TreeSet<>();
        rows.forEach(row -> text.add(row.toString()));
        return text;
    }

    private static void await(java.util.function.BooleanSupplier condition, Millrace.Running run) {
        Await.until(
                () -> {
                    if (!run.process().isAlive()) {
                        throw new AssertionError("the run has ended: " + run.err());
                    }
                    return condition.getAsBoolean();
                },
                PATIENCE,
                () -> "see " + run.err());
    }
}
