package io.millrace.tests.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, looking again and again. */
public final class Await {

    private static final long LOOK_AGAIN_NANOS = 5_000_000;

    private Await() {}

    /** Returns once the condition holds; fails with the description of what there is instead. */
    public static void until(
            BooleanSupplier condition, Duration atMost, Supplier<String> otherwise) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "not within " + atMost.toSeconds() + " s: " + otherwise.get());
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    /** Lets time pass, where nothing can be waited for. */
    public static void pause(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
