package io.millrace.tests.faults;

import static java.util.Objects.requireNonNull;

import io.millrace.pipeline.BoundPipeline;
import io.millrace.pipeline.PipelineRunner;
import io.millrace.pipeline.RunEvents;
import io.millrace.pipeline.definition.PipelineReader;
import io.millrace.session.ClusterTarget;
import io.millrace.session.SessionProfile;
import io.millrace.tests.harness.Accounts;
import io.millrace.tests.harness.Await;
import io.millrace.tests.harness.OtherWriter;
import io.millrace.tests.harness.RawTable;
import io.millrace.tests.harness.TargetAudit;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * What every case plays on: a cluster in processes of its own, accounts between which money moves,
 * a pipeline that copies and sums them up, and the audits of its two results.
 */
final class FaultStage implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(3);
    static final int TASK_MANAGERS = 3;

    private static final int ACCOUNTS = 60;
    private static final RunEvents SILENT =
            new RunEvents() {
                @Override
                public void progress(String line) {}

                @Override
                public void status(String line) {}
            };

    private final Path folder;
    private final Path warehouse;
    private final Accounts accounts;
    private final List<TargetAudit> audits;
    private final FaultOrders orders;
    private final ClusterProcesses cluster;
    private final ClusterRest rest;
    private final OtherWriter other;
    private final Random random;
    private boolean othersCommit;
    private String job = "";

    /**
     * @param warehouse where the results and the state of the pipeline go
     */
    FaultStage(Path folder, Path warehouse, Random random) throws Exception {
        this.folder = requireNonNull(folder, "folder is null");
        shipOurClassesOnly();
        this.warehouse = requireNonNull(warehouse, "warehouse is null");
        this.random = requireNonNull(random, "random is null");
        this.accounts = new Accounts(folder.resolve("accounts"), random, ACCOUNTS);
        this.audits =
                List.of(
                        audit("accounts_copy", "account", accounts::at),
                        audit("branches", "branch", accounts::branchesAt));
        writePipeline();
        this.other = new OtherWriter(warehouse.resolve("accounts_copy"), random);
        this.orders = new FaultOrders(folder.resolve("orders"));
        this.cluster = new ClusterProcesses(folder.resolve("cluster"), orders.folder());
        this.rest = new ClusterRest(cluster.restPort());
        fillCluster();
    }

    /** The cluster's class path has everything else already, which makes a start much cheaper. */
    private static void shipOurClassesOnly() {
        String classPath = System.getProperty("java.class.path");
        System.setProperty(
                "java.class.path",
                Arrays.stream(classPath.split(File.pathSeparator))
                        .filter(entry -> !ClusterProcesses.isForTheCluster(entry))
                        .collect(Collectors.joining(File.pathSeparator)));
        System.setProperty(ClusterProcesses.CLASS_PATH, classPath);
    }

    private TargetAudit audit(String name, String key, LongFunction<List<List<Object>>> query) {
        return new TargetAudit(name, new RawTable(warehouse.resolve(name)), key, "accounts", query);
    }

    private void writePipeline() throws IOException {
        Path pipeline = Files.createDirectories(folder.resolve("pipeline"));
        Files.writeString(
                pipeline.resolve(PipelineReader.FILE_NAME),
                """
                name: transfers
                sources: [{name: accounts, path: "%s", key: [account]}]
                results:
                  - {name: accounts_copy, key: [account], query: SELECT * FROM accounts}
                  - name: branches
                    key: [branch]
                    query: >-
                      SELECT branch, COUNT(*) AS accounts, SUM(balance) AS balance
                      FROM accounts GROUP BY branch
                """
                        .formatted(accounts.location()));
    }

    Accounts accounts() {
        return accounts;
    }

    FaultOrders orders() {
        return orders;
    }

    ClusterProcesses cluster() {
        return cluster;
    }

    ClusterRest rest() {
        return rest;
    }

    String job() {
        return job;
    }

    Path pipelineFolder() {
        return folder.resolve("pipeline");
    }

    Path stateFolder() {
        return warehouse.resolve("_millrace/state/transfers");
    }

    /** Starts task managers until there are as many as there should be. */
    void fillCluster() throws IOException {
        while (cluster.taskManagers().size() < TASK_MANAGERS) {
            cluster.startTaskManager();
        }
        Await.until(
                () -> rest.slots() >= TASK_MANAGERS,
                PATIENCE,
                () -> "the cluster has " + rest.slots() + " slots");
    }

    /** Starts the pipeline from its newest state. */
    void run(int parallelism) throws Exception {
        run(parallelism, false, Map.of());
    }

    void run(int parallelism, boolean rebuild, Map<String, String> settings) throws Exception {
        job = runner(parallelism, settings).run(rebuild, false).jobId();
    }

    PipelineRunner runner(int parallelism, Map<String, String> settings) {
        SessionProfile profile =
                SessionProfile.shipped("cluster")
                        .with(
                                "faults",
                                Map.ofEntries(
                                        Map.entry("parallelism.default", "" + parallelism),
                                        Map.entry("state.backend.type", "hashmap"),
                                        Map.entry("execution.checkpointing.interval", "400 ms"),
                                        Map.entry("execution.checkpointing.min-pause", "50 ms"),
                                        Map.entry("execution.checkpointing.timeout", "4 s"),
                                        Map.entry(
                                                "execution.checkpointing.tolerable-failed-checkpoints",
                                                "1000"),
                                        Map.entry("restart-strategy.type", "fixed-delay"),
                                        Map.entry("restart-strategy.fixed-delay.attempts", "1000"),
                                        Map.entry("restart-strategy.fixed-delay.delay", "300 ms"),
                                        Map.entry("millrace.run.poll-interval", "200 ms")))
                        .with("case", settings);
        BoundPipeline pipeline =
                BoundPipeline.bind(
                        PipelineReader.read(pipelineFolder()), Map.of(), warehouse, folder);
        return new PipelineRunner(
                pipeline,
                profile,
                new ClusterTarget.SessionCluster("localhost", cluster.restPort()),
                SILENT);
    }

    /** Another writer of one of the results. */
    OtherWriter other() {
        return other;
    }

    /** Whether another writer commits to one of the results now and then while money moves. */
    void letOthersCommit(boolean value) {
        othersCommit = value;
    }

    /** Money moves so many times, with a little time between. */
    void transfers(int commits) {
        for (int i = 0; i < commits; i++) {
            accounts.transfer();
            if (othersCommit && random.nextInt(3) == 0) {
                other.act();
            }
            Await.pause(Duration.ofMillis(60));
        }
    }

    /** Whether the results are of the newest version of the accounts. */
    boolean isCurrent() {
        return audits.stream().allMatch(audit -> audit.isOf(accounts.version()));
    }

    void awaitCurrent() {
        Await.until(this::isCurrent, PATIENCE, this::standing);
    }

    private String standing() {
        return "accounts are at version %d, the results at %s; job %s is %s: %s"
                .formatted(
                        accounts.version(),
                        audits.stream().map(TargetAudit::newestSourceVersion).toList(),
                        job,
                        rest.state(job),
                        rest.failure(job));
    }

    /** Waits for a state of the job, such as FAILED. */
    void awaitState(String state) {
        Await.until(() -> rest.state(job).equals(state), PATIENCE, this::standing);
    }

    void awaitRunning() {
        Await.until(() -> rest.allRunning(job), PATIENCE, this::standing);
    }

    /** Stops the job with a savepoint; gives back its folder. */
    Path stop(boolean drain) throws IOException {
        awaitRunning();
        String request = rest.stop(job, drain, epoch().resolve("savepoints"));
        if (request.isEmpty()) {
            throw new AssertionError("the stop was not accepted; " + standing());
        }
        Await.until(
                () -> !rest.savepoint(job, request).isEmpty(),
                PATIENCE,
                () -> "no savepoint; " + standing());
        String location = rest.savepoint(job, request);
        if (!location.startsWith("file:")) {
            throw new AssertionError("no savepoint: " + location);
        }
        awaitState("FINISHED");
        return Path.of(URI.create(location).getPath());
    }

    /** Where the newest line of state is kept. */
    private Path epoch() throws IOException {
        try (var folders = Files.list(stateFolder())) {
            return folders.filter(folder -> folder.getFileName().toString().matches("\\d+"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    void cancel() {
        rest.cancel(job);
        awaitState("CANCELED");
    }

    /** Looks at every version that the audits have not seen. */
    void check() {
        audits.forEach(TargetAudit::check);
    }

    /** Versions of the results so far. */
    long versions() {
        return audits.stream().mapToLong(TargetAudit::versions).sum();
    }

    Process processOf(long pid) {
        return cluster.taskManagers().stream()
                .filter(process -> process.pid() == pid)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no task manager is process " + pid));
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
