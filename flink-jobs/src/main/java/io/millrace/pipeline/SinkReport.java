package io.millrace.pipeline;

import java.util.Map;

/**
 * What a sink says of itself.
 *
 * @param released newest version of each source whose rows all arrived, by dataset
 * @param pending whether something is staged and not yet committed
 * @param commits commits of this run
 * @param version newest version that it committed, -1 where there was none
 */
record SinkReport(Map<String, Long> released, boolean pending, int commits, long version) {
    SinkReport {
        released = Map.copyOf(released);
    }

    /** Whether all sources are in the target up to their pins. */
    boolean reached(Map<String, Long> pins) {
        return !pending
                && pins.entrySet().stream()
                        .allMatch(
                                pin -> released.getOrDefault(pin.getKey(), -1L) >= pin.getValue());
    }
}
