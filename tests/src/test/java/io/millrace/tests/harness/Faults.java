package io.millrace.tests.harness;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.table.functions.ScalarFunction;

/**
 * Disturbs a running job where a statement calls {@code fault(x)}, which otherwise gives back its
 * argument. The job runs in this JVM, so what is to happen next stands in static state.
 */
public final class Faults extends ScalarFunction {

    private static final long serialVersionUID = 1L;

    private static final AtomicReference<Fault> NEXT = new AtomicReference<>(Fault.NONE);

    /** What a row is to run into. */
    enum Fault {
        NONE,
        FAIL,
        BLOCK
    }

    private static final Object LOCK = new Object();

    public Long eval(Long value) {
        if (NEXT.compareAndSet(Fault.FAIL, Fault.NONE)) {
            throw new IllegalStateException("failure asked for by the test");
        }
        synchronized (LOCK) {
            while (NEXT.get() == Fault.BLOCK) {
                try {
                    LOCK.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }
        }
        return value;
    }

    /** The next row fails the job. */
    static void fail() {
        set(Fault.FAIL);
    }

    /** Rows wait from now on. */
    static void block() {
        set(Fault.BLOCK);
    }

    /** Rows pass again. */
    static void none() {
        set(Fault.NONE);
    }

    private static void set(Fault fault) {
        synchronized (LOCK) {
            NEXT.set(fault);
            LOCK.notifyAll();
        }
    }
}
