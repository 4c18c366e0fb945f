package io.millrace.tests.harness;

import static io.millrace.tests.harness.TableLayout.bigint;
import static io.millrace.tests.harness.TableLayout.row;
import static io.millrace.tests.harness.TableLayout.string;
import static java.util.Objects.requireNonNull;

import io.millrace.tests.harness.SqlJob.Statements;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.minicluster.MiniCluster;

/**
 * One random run: two queries over two tables that change while the job runs, checkpoints at random
 * moments, some aborted, failures and restarts in between; then every version of both targets is
 * judged.
 */
final class ConsistencyRound {

    private static final int KEYS = 12;
    private static final int STEPS = 25;

    private final Path folder;
    private final Random random;
    private final MiniCluster cluster;
    private final TableHistory items;
    private final TableHistory dims;
    private final List<TargetCheck> targets = new ArrayList<>();
    private final Statements statements;
    private final List<CompletableFuture<String>> triggered = new ArrayList<>();
    private final StringBuilder story = new StringBuilder();

    private String plan = "";
    private int parallelism;
    private SqlJob job;

    ConsistencyRound(
            Path folder,
            MiniCluster cluster,
            Random random,
            TestQuery first,
            TestQuery second,
            int parallelism) {
        this.folder = requireNonNull(folder, "folder is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.random = requireNonNull(random, "random is null");
        this.parallelism = parallelism;
        TableLayout itemLayout =
                new TableLayout(
                        List.of(bigint("id"), bigint("link"), bigint("val"), string("part")),
                        random.nextBoolean() ? Optional.of("part") : Optional.empty());
        items = new TableHistory(folder.resolve("items"), itemLayout, random, KEYS, this::item);
        TableLayout dimLayout =
                new TableLayout(List.of(bigint("id"), string("name")), Optional.empty());
        dims = new TableHistory(folder.resolve("dims"), dimLayout, random, KEYS, this::dim);
        statements = statements(itemLayout, dimLayout, List.of(first, second));
    }

    private List<Object> item(long id) {
        return row(
                id,
                random.nextInt(6) == 0 ? null : (long) random.nextInt(KEYS),
                random.nextInt(6) == 0 ? null : (long) random.nextInt(5),
                random.nextInt(5) == 0 ? null : "p" + random.nextInt(3));
    }

    private List<Object> dim(long id) {
        return row(id, "name " + random.nextInt(4));
    }

    private Statements statements(
            TableLayout itemLayout, TableLayout dimLayout, List<TestQuery> queries) {
        List<String> tables = new ArrayList<>();
        List<String> inserts = new ArrayList<>();
        // Large versions go through, and here every one is large and takes its time.
        Map<String, String> streaming =
                random.nextBoolean()
                        ? Map.of("scan.held-memory", "1 b", "scan.max-files-per-second", "40")
                        : Map.of();
        tables.add(table("items", itemLayout.flinkColumns(), "", streaming));
        tell(tables.get(0));
        tables.add(table("dims", dimLayout.flinkColumns(), "", Map.of()));
        for (TestQuery query : queries) {
            String name = "target_" + targets.size();
            String partition =
                    query.hasPartitionColumn() && random.nextInt(3) == 0
                            ? " PARTITIONED BY (`part`)"
                            : "";
            String vectors = String.valueOf(random.nextInt(3) > 0);
            tables.add(
                    table(
                            name,
                            query.targetColumns(),
                            partition,
                            Map.of("sink.deletion-vectors", vectors)));
            tell(tables.get(tables.size() - 1));
            // Faults sit before the second target only, so that the first is through its part of a
            // checkpoint that the second makes fail.
            inserts.add("INSERT INTO " + name + " " + query.select(!targets.isEmpty()));
            targets.add(
                    new TargetCheck(
                            query + " in " + name,
                            new RawTable(folder.resolve(name)),
                            query.key(),
                            Map.of("items", items, "dims", dims),
                            sources -> query.rows(sources.get("items"), sources.get("dims"))));
        }
        Map<String, String> options = new HashMap<>();
        options.put("execution.checkpointing.timeout", "2 s");
        if (random.nextInt(3) == 0) {
            options.put("table.exec.mini-batch.enabled", "true");
            options.put("table.exec.mini-batch.allow-latency", "20 ms");
            options.put("table.exec.mini-batch.size", "5");
        }
        return new Statements(tables, inserts, options);
    }

    private String table(String name, String columns, String partition, Map<String, String> more) {
        StringBuilder options = new StringBuilder("'connector' = 'delta'");
        options.append(", 'path' = '").append(folder.resolve(name)).append('\'');
        more.forEach(
                (key, value) ->
                        options.append(", '")
                                .append(key)
                                .append("' = '")
                                .append(value)
                                .append('\''));
        return "CREATE TABLE "
                + name
                + " ("
                + columns
                + ")"
                + partition
                + " WITH ("
                + options
                + ")";
    }

    /** Runs and judges. */
    void run() throws Exception {
        try {
            drive();
            for (TargetCheck target : targets) {
                target.everyVersionIsWhole();
                target.commitsAdvance();
                target.feedIsTheDifferenceOfVersions();
            }
        } catch (Exception | AssertionError e) {
            throw new AssertionError(e.getMessage() + "\nparallelism " + parallelism + story, e);
        }
    }

    private void drive() throws Exception {
        try {
            bulk();
            for (int i = random.nextInt(4); i > 0; i--) {
                items.commit();
                dims.commit();
            }
            plan = SqlJob.compile(cluster, statements);
            start(Optional.empty());
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            finish();
        } finally {
            if (job != null) {
                job.close();
            }
        }
    }

    /** Many rows in one source, so that checkpoints fall into the first snapshot. */
    private void bulk() {
        if (random.nextBoolean()) {
            Map<Long, List<Object>> rows = new HashMap<>();
            for (long id = 1000; id < 6000; id++) {
                rows.put(id, row(id, "bulk"));
            }
            dims.change(rows);
        }
    }

    private void start(Optional<String> checkpoint) {
        job =
                SqlJob.start(
                        cluster,
                        statements,
                        plan,
                        parallelism,
                        folder.resolve("state"),
                        checkpoint);
    }

    private void step() throws Exception {
        job.requireAlive();
        int choice = random.nextInt(20);
        if (choice < 7) {
            tell("items commit");
            items.commit();
        } else if (choice < 11) {
            tell("dims commit");
            dims.commit();
        } else if (choice < 14) {
            tell("checkpoint");
            triggered.add(job.triggerCheckpoint());
        } else if (choice < 17) {
            tell("checkpoint, awaited");
            settle();
            tell(job.checkpoint() ? " (completed)" : " (aborted)");
        } else if (choice == 17) {
            tell("row fails");
            Faults.fail();
        } else if (choice == 18) {
            abortCheckpoint();
        } else {
            restart();
        }
    }

    /** A row of the second target blocks until the checkpoint has run into its timeout. */
    private void abortCheckpoint() throws Exception {
        settle();
        Faults.block();
        items.commit();
        dims.commit();
        CompletableFuture<String> checkpoint = job.triggerCheckpoint();
        boolean completed = job.completed(checkpoint);
        Faults.none();
        tell("checkpoint against blocked rows" + (completed ? " (completed)" : " (aborted)"));
    }

    private void restart() throws Exception {
        settle();
        job.close();
        parallelism = 1 + random.nextInt(4);
        tell("restart at parallelism " + parallelism);
        Optional<String> checkpoint = job.newestCheckpoint();
        if (checkpoint.isEmpty() && targets.stream().anyMatch(t -> t.table().latestVersion() > 0)) {
            throw new AssertionError("commits without a completed checkpoint");
        }
        start(checkpoint);
    }

    /** Waits for all checkpoints that were triggered. */
    private void settle() throws InterruptedException {
        for (CompletableFuture<String> checkpoint : triggered) {
            job.completed(checkpoint);
        }
        triggered.clear();
    }

    private void finish() throws InterruptedException {
        settle();
        Faults.none();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!targets.stream().allMatch(TargetCheck::isCurrent)) {
            if (System.nanoTime() > deadline) {
                StringBuilder what = new StringBuilder("the targets do not become current: ");
                targets.forEach(target -> what.append(target.difference()).append('\n'));
                throw new AssertionError(what.toString());
            }
            job.checkpoint();
        }
        // What comes after it must not change it.
        job.checkpoint();
    }

    private void tell(String event) {
        story.append(event.startsWith(" ") ? "" : "\n").append(event);
    }
}
