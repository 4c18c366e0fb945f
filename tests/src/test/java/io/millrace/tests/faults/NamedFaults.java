package io.millrace.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.table.FaultPoint;
import io.millrace.delta.table.RefusedException;
import io.millrace.tests.faults.FaultOrders.Order;
import io.millrace.tests.harness.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.FileUtils;

/** The situations that have a name, each played at exactly the point that it is about. */
final class NamedFaults {

    private NamedFaults() {}

    static List<FaultCase> all() {
        List<FaultCase> cases = new ArrayList<>();
        cases.add(killedAt("killed before the flush", FaultPoint.FLUSH));
        cases.add(
                killedAt(
                        "killed after pre-commit, checkpoint not complete", FaultPoint.PRE_COMMIT));
        cases.add(killedAt("killed after completion, before the commit", FaultPoint.COMMIT));
        cases.add(killedAt("killed before the log file", FaultPoint.LOG_FILE));
        cases.add(
                killedAt(
                        "killed after the log file, not acknowledged",
                        FaultPoint.LOG_FILE_WRITTEN));
        cases.add(killedAt("killed during a log checkpoint", FaultPoint.LOG_CHECKPOINT));
        cases.add(
                new FaultCase(
                        "zombie goes on after the new attempt has committed", NamedFaults::zombie));
        cases.add(new FaultCase("zombie of an old run", NamedFaults::zombieOfAnOldRun));
        cases.add(
                new FaultCase(
                        "two committables after an aborted checkpoint", NamedFaults::aborted));
        cases.add(new FaultCase("commits slower than checkpoints", NamedFaults::slowCommits));
        cases.add(new FaultCase("store fails", s -> fails(s, FaultPoint.LOG_FILE)));
        cases.add(
                new FaultCase(
                        "store times out after success",
                        s -> fails(s, FaultPoint.LOG_FILE_WRITTEN)));
        cases.add(new FaultCase("job manager killed", NamedFaults::jobManagerKilled));
        cases.add(
                new FaultCase("savepoint, new job id, scaled up and down", NamedFaults::rescaled));
        cases.add(
                new FaultCase("pending commits, scaled", NamedFaults::rescaledWithPendingCommits));
        cases.add(new FaultCase("stop with drain", NamedFaults::drained));
        cases.add(new FaultCase("start without state", NamedFaults::stateless));
        cases.add(new FaultCase("start from an older savepoint", NamedFaults::older));
        cases.add(
                new FaultCase(
                        "end of a bounded job, killed before its last commit",
                        NamedFaults::bounded));
        cases.add(
                new FaultCase("others commit between and during ours", NamedFaults::othersCommit));
        return cases;
    }

    private static FaultCase killedAt(String name, FaultPoint point) {
        return new FaultCase(
                name,
                stage -> {
                    Order order = stage.orders().hold(point);
                    stage.cluster().kill(stage.processOf(reach(stage, order)));
                });
    }

    /** Moves money until somebody arrives. */
    private static long reach(FaultStage stage, Order order) {
        Await.until(
                () -> {
                    stage.transfers(1);
                    return order.isReached();
                },
                FaultStage.PATIENCE,
                () -> "nobody reaches " + order.point());
        return order.awaitProcess();
    }

    /** Two commits of another writer while one of ours is held, and some between; then a kill. */
    private static void othersCommit(FaultStage stage) throws Exception {
        stage.letOthersCommit(true);
        stage.transfers(10);
        for (FaultPoint point : List.of(FaultPoint.COMMIT, FaultPoint.LOG_FILE)) {
            Order order = stage.orders().hold(point);
            reach(stage, order);
            stage.other().act();
            stage.other().act();
            order.release();
        }
        Order order = stage.orders().hold(FaultPoint.LOG_FILE_WRITTEN);
        long process = reach(stage, order);
        stage.other().act();
        stage.cluster().kill(stage.processOf(process));
        stage.transfers(10);
        stage.letOthersCommit(false);
    }

    private static void zombie(FaultStage stage) throws Exception {
        Order order = stage.orders().hold(FaultPoint.LOG_FILE);
        Process zombie = stage.processOf(reach(stage, order));
        stage.cluster().pause(zombie);
        stage.cluster().startTaskManager();
        stage.transfers(3);
        stage.awaitCurrent();
        order.release();
        stage.cluster().proceed(zombie);
    }

    /** The run before this one wakes up when the new one has committed. */
    private static void zombieOfAnOldRun(FaultStage stage) throws Exception {
        Order order = stage.orders().hold(FaultPoint.LOG_FILE);
        Process zombie = stage.processOf(reach(stage, order));
        stage.cluster().pause(zombie);
        stage.cluster().startTaskManager();
        stage.cluster().killJobManager();
        stage.cluster().startJobManager();
        Await.until(() -> stage.rest().slots() >= 2, FaultStage.PATIENCE, () -> "too few slots");
        stage.run(2);
        stage.transfers(3);
        stage.awaitCurrent();
        order.release();
        stage.cluster().proceed(zombie);
    }

    /** The first of two checkpoints times out when its committable is made already. */
    private static void aborted(FaultStage stage) throws Exception {
        Order order = stage.orders().hold(FaultPoint.PRE_COMMIT);
        reach(stage, order);
        int failed = stage.rest().checkpoints(stage.job(), "failed");
        Await.until(
                () -> stage.rest().checkpoints(stage.job(), "failed") > failed,
                FaultStage.PATIENCE,
                () -> "the checkpoint does not time out");
        stage.transfers(2);
        order.release();
    }

    private static void slowCommits(FaultStage stage) throws Exception {
        for (int i = 0; i < 4; i++) {
            stage.orders().delay(FaultPoint.LOG_FILE, 1_500);
        }
        stage.transfers(20);
    }

    private static void fails(FaultStage stage, FaultPoint point) throws Exception {
        for (int i = 0; i < 3; i++) {
            stage.orders().fail(point, "the store does not answer");
        }
        stage.transfers(4);
        stage.awaitCurrent();
    }

    private static void jobManagerKilled(FaultStage stage) throws Exception {
        stage.transfers(3);
        stage.cluster().killJobManager();
        stage.transfers(2);
        stage.cluster().startJobManager();
        stage.fillCluster();
        stage.run(2);
    }

    private static void rescaled(FaultStage stage) throws Exception {
        for (int parallelism : new int[] {3, 1, 2}) {
            stage.transfers(3);
            stage.stop(false);
            stage.run(parallelism);
        }
    }

    /** The savepoint is taken while a commit is under way, so that it is still pending there. */
    private static void rescaledWithPendingCommits(FaultStage stage) throws Exception {
        for (int parallelism : new int[] {3, 2}) {
            Order order = stage.orders().hold(FaultPoint.COMMIT);
            Process held = stage.processOf(reach(stage, order));
            stage.transfers(2);
            stage.cluster().kill(held);
            stage.rest().cancel(stage.job());
            stage.awaitState("CANCELED");
            stage.fillCluster();
            stage.run(parallelism);
        }
    }

    private static void drained(FaultStage stage) throws Exception {
        stage.transfers(3);
        stage.stop(true);
        stage.run(2, true, Map.of());
    }

    private static void stateless(FaultStage stage) throws Exception {
        stage.awaitCurrent();
        stage.stop(false);
        Path away = stage.stateFolder().resolveSibling("away");
        Files.move(stage.stateFolder(), away);
        assertThatThrownBy(() -> stage.run(2))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("--rebuild");
        FileUtils.deleteDirectory(stage.stateFolder().toFile());
        Files.move(away, stage.stateFolder());
        stage.run(2);
    }

    private static void older(FaultStage stage) throws Exception {
        stage.awaitCurrent();
        Path before = stage.stop(false);
        stage.run(2);
        stage.transfers(3);
        stage.awaitCurrent();
        stage.stop(false);
        Path epoch = before.getParent().getParent();
        Path away = epoch.resolveSibling("away");
        Files.move(epoch, away);
        Files.createDirectories(before.getParent());
        for (String file : List.of("plan.json", "compiled-plan.json")) {
            Files.copy(away.resolve(file), epoch.resolve(file));
        }
        copyTree(away.resolve(epoch.relativize(before)), before);
        stage.run(2);
        stage.awaitState("FAILED");
        assertThat(stage.rest().failure(stage.job()))
                .contains("RefusedException")
                .contains("--rebuild");
        FileUtils.deleteDirectory(epoch.toFile());
        Files.move(away, epoch);
        stage.run(2);
    }

    private static void bounded(FaultStage stage) throws Exception {
        stage.stop(false);
        stage.transfers(3);
        stage.run(2, false, Map.of("millrace.run.bounded", "true"));
        Order order = stage.orders().hold(FaultPoint.COMMIT);
        stage.cluster().kill(stage.processOf(order.awaitProcess()));
        stage.fillCluster();
        stage.awaitState("FINISHED");
        stage.awaitCurrent();
        stage.run(2, true, Map.of());
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
