package io.millrace.functions.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What one call costs.
 *
 * @param nanos CPU nanoseconds
 * @param bytes allocated
 */
record Cost(double nanos, double bytes) {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    Cost less(Cost other) {
        return new Cost(nanos - other.nanos, bytes - other.bytes);
    }

    /** A number of calls. */
    interface Calls {
        void run() throws Throwable;
    }

    /** The cheapest of some rounds of so many calls, on this thread. */
    static Cost best(int rounds, int calls, Calls body) throws Throwable {
        double nanos = Double.MAX_VALUE;
        double bytes = Double.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long before = THREADS.getCurrentThreadCpuTime();
            body.run();
            nanos = Math.min(nanos, (double) (THREADS.getCurrentThreadCpuTime() - before) / calls);
            bytes =
                    Math.min(
                            bytes,
                            (double) (THREADS.getCurrentThreadAllocatedBytes() - allocated)
                                    / calls);
        }
        return new Cost(nanos, bytes);
    }
}
