package io.millrace.delta.source.enumerator;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.ReadLimits;
import io.millrace.delta.source.split.DeltaSplit;
import java.util.function.LongSupplier;

/**
 * Keeps a source within its limits: what a second allows may be taken at once, and no more is saved
 * up. A split that is larger than what is left is taken whole, and paid for by waiting.
 */
final class ReadPace {

    private static final double NANOS_PER_SECOND = 1e9;

    private final ReadLimits limits;
    private final LongSupplier nanoTime;

    private double files;
    private double bytes;
    private long last;

    ReadPace(ReadLimits limits, LongSupplier nanoTime) {
        this.limits = requireNonNull(limits, "limits is null");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
        this.files = limits.filesPerSecond();
        this.bytes = limits.bytesPerSecond();
        this.last = nanoTime.getAsLong();
    }

    boolean isLimited() {
        return limits.filesPerSecond() != ReadLimits.UNLIMITED
                || limits.bytesPerSecond() != ReadLimits.UNLIMITED;
    }

    /** Whether another split may be taken now. */
    boolean allows() {
        long now = nanoTime.getAsLong();
        double seconds = (now - last) / NANOS_PER_SECOND;
        last = now;
        files =
                Math.min(
                        (double) limits.filesPerSecond(),
                        files + seconds * limits.filesPerSecond());
        bytes =
                Math.min(
                        (double) limits.bytesPerSecond(),
                        bytes + seconds * limits.bytesPerSecond());
        return files >= 1 && bytes > 0;
    }

    void took(DeltaSplit split) {
        files -= 1;
        bytes -= split.bytes();
    }
}
