package io.millrace.tests.faults;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.FaultPoint;
import io.millrace.tests.faults.FaultOrders.Order;
import io.millrace.tests.harness.Await;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Faults of random kind at random moments, while money moves. */
final class RandomFaults {

    private static final FaultPoint[] POINTS = FaultPoint.values();

    private final Random random;
    private final List<FaultCase> kinds;

    RandomFaults(Random random) {
        this.random = requireNonNull(random, "random is null");
        this.kinds =
                List.of(
                        new FaultCase("random: killed at any moment", this::killed),
                        new FaultCase("random: killed at any moment", this::killed),
                        new FaultCase("random: killed at a point", this::killedAtPoint),
                        new FaultCase("random: killed at a point", this::killedAtPoint),
                        new FaultCase("random: exceptions at points", this::exceptions),
                        new FaultCase("random: exceptions at points", this::exceptions),
                        new FaultCase("random: delays at points", this::delays),
                        new FaultCase("random: delays at points", this::delays),
                        new FaultCase("random: two faults at once", this::two),
                        new FaultCase("random: paused and continued", this::zombie),
                        new FaultCase("random: job manager killed", this::jobManager),
                        new FaultCase("random: savepoint and another parallelism", this::rescale),
                        new FaultCase("random: canceled and another parallelism", this::canceled));
    }

    FaultCase next() {
        return kinds.get(random.nextInt(kinds.size()));
    }

    private void killed(FaultStage stage) throws Exception {
        stage.transfers(random.nextInt(4));
        Await.pause(Duration.ofMillis(random.nextInt(600)));
        stage.cluster().kill(any(stage));
        stage.transfers(random.nextInt(3));
    }

    private static <T> T pick(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private Process any(FaultStage stage) {
        return pick(random, stage.cluster().taskManagers());
    }

    private FaultPoint point() {
        return POINTS[random.nextInt(POINTS.length)];
    }

    private void killedAtPoint(FaultStage stage) throws Exception {
        Order order = stage.orders().hold(point());
        for (int i = 0; i < 40 && !order.isReached(); i++) {
            stage.transfers(1);
        }
        if (order.isReached()) {
            stage.cluster().kill(stage.processOf(order.awaitProcess()));
        }
    }

    private void exceptions(FaultStage stage) throws Exception {
        for (int i = random.nextInt(3); i >= 0; i--) {
            stage.orders().fail(point(), "No space left on device");
        }
        stage.transfers(2 + random.nextInt(6));
    }

    private void delays(FaultStage stage) throws Exception {
        for (int i = random.nextInt(4); i >= 0; i--) {
            stage.orders().delay(point(), random.nextInt(5) == 0 ? 5_000 : random.nextInt(1_500));
        }
        stage.transfers(2 + random.nextInt(10));
    }

    private void two(FaultStage stage) throws Exception {
        stage.orders().fail(point(), "the store does not answer");
        stage.orders().delay(point(), random.nextInt(1_000));
        killed(stage);
    }

    private void zombie(FaultStage stage) throws Exception {
        stage.transfers(1 + random.nextInt(3));
        Process zombie = any(stage);
        stage.cluster().pause(zombie);
        stage.cluster().startTaskManager();
        stage.transfers(2);
        // Shorter than the heartbeat's patience, or long enough for a new attempt.
        if (random.nextBoolean()) {
            stage.awaitCurrent();
        } else {
            Await.pause(Duration.ofMillis(random.nextInt(9_000)));
        }
        stage.cluster().proceed(zombie);
        stage.transfers(2);
    }

    private void jobManager(FaultStage stage) throws Exception {
        stage.transfers(random.nextInt(4));
        stage.cluster().killJobManager();
        stage.transfers(1);
        stage.cluster().startJobManager();
        Await.until(() -> stage.rest().slots() >= 2, FaultStage.PATIENCE, () -> "too few slots");
        stage.run(1 + random.nextInt(2));
    }

    private void rescale(FaultStage stage) throws Exception {
        stage.transfers(1 + random.nextInt(3));
        stage.awaitRunning();
        stage.stop(false);
        stage.run(1 + random.nextInt(3));
    }

    private void canceled(FaultStage stage) throws Exception {
        stage.transfers(1 + random.nextInt(3));
        stage.cancel();
        stage.run(1 + random.nextInt(3));
    }
}
