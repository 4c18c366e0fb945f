package io.millrace.delta.source.enumerator;

import io.millrace.delta.source.Delivery;
import io.millrace.delta.source.split.DeltaSplit;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which splits readers are at, and how much was handed out ahead of the oldest of them: rows of
 * later versions wait for it in the sequencer and in checkpoints, so a slow file, or a first
 * snapshot, must not let a whole backlog pass by.
 *
 * <p>What readers have restored from a checkpoint is not known and does not count.
 */
final class SplitsInFlight {

    private final long maxBytesAhead;
    private final Map<Integer, Long> reading = new HashMap<>();
    private final TreeMap<Long, Long> handedOut = new TreeMap<>();

    /**
     * @param maxBytesAhead of files as they are stored
     */
    SplitsInFlight(long maxBytesAhead) {
        this.maxBytesAhead = maxBytesAhead;
    }

    /**
     * Whether a split may be handed out now; the oldest version always may. One that streams
     * through may not before its turn: until then its rows would be held, in checkpoints too.
     */
    boolean allows(DeltaSplit next) {
        if (reading.isEmpty()) {
            handedOut.clear();
            return true;
        }
        long oldest =
                Math.min(
                        next.version(),
                        reading.values().stream().mapToLong(Long::longValue).min().getAsLong());
        handedOut.headMap(oldest, true).clear();
        long ahead = handedOut.values().stream().mapToLong(Long::longValue).sum();
        return next.version() == oldest
                || (next.delivery() != Delivery.STREAMED && ahead < maxBytesAhead);
    }

    void started(int reader, DeltaSplit split) {
        reading.put(reader, split.version());
        handedOut.merge(split.version(), split.bytes(), Long::sum);
    }

    /** A reader asks for more, or is gone. */
    void ended(int reader) {
        reading.remove(reader);
    }
}
