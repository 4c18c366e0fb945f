package io.millrace.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tests.harness.Millrace;
import io.millrace.tests.harness.OrdersTables;
import io.millrace.tests.harness.TargetCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed at random moments, again and again. */
class OrdersKilledE2eITCase {

    /** Each takes the start of a process or two; twenty with -Dkills=20. */
    private static final int KILLS = Integer.getInteger("kills", 5);

    @TempDir Path folder;

    @Test
    void aRefreshKilledAgainAndAgainGivesTheExactResultAndNoCommitTwice() throws Exception {
        Random random = new Random(20);
        OrdersTables tables = new OrdersTables(folder.resolve("base"), random, 200);
        commit(tables, 3);
        Path warehouse = folder.resolve("warehouse");
        Millrace millrace = new Millrace(folder);
        String[] refresh = {
            "refresh",
            "orders",
            "--warehouse",
            warehouse.toString(),
            "--param",
            "base=" + tables.base()
        };

        long whole = nanosOf(millrace.start(refresh));
        int kills = 0;
        for (int attempts = 0; kills < KILLS; attempts++) {
            assertThat(attempts).as("refreshes until %d were killed", KILLS).isLessThan(4 * KILLS);
            commit(tables, 2);
            Millrace.Running running = millrace.start(refresh);
            // From the start of the JVM to a little before the usual end.
            long moment = (long) (whole * (0.2 + 0.8 * random.nextDouble()));
            long start = System.nanoTime();
            if (running.process().waitFor(moment, TimeUnit.NANOSECONDS)) {
                running.await().expect(0);
                whole = Math.min(whole, System.nanoTime() - start);
            } else {
                running.kill();
                kills++;
            }
        }
        millrace.run(refresh).expect(0);

        List<TargetCheck> results = tables.results(warehouse);
        for (TargetCheck result : results) {
            assertThat(result.isCurrent()).as(result::difference).isTrue();
            result.everyVersionIsWhole();
            result.commitsAdvance();
            result.feedIsTheDifferenceOfVersions();
        }
    }

    private static long nanosOf(Millrace.Running running) throws InterruptedException {
        long start = System.nanoTime();
        running.await().expect(0);
        return System.nanoTime() - start;
    }

    private static void commit(OrdersTables tables, int times) {
        for (int i = 0; i < times; i++) {
            tables.commit();
        }
    }
}
