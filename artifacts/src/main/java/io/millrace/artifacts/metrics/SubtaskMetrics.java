package io.millrace.artifacts.metrics;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What one subtask of an operator counts; without an operator: the task that runs it.
 *
 * @param values by Flink's names
 */
record SubtaskMetrics(Place place, Map<String, Long> values) {
    static final String ROWS_IN = "numRecordsIn";
    static final String ROWS_OUT = "numRecordsOut";
    static final String BUSY = "accumulateBusyTimeMs";
    static final String BACK_PRESSURED = "accumulateBackPressuredTimeMs";
    static final String IDLE = "accumulateIdleTimeMs";
    static final String HELD = "heldRows";

    SubtaskMetrics {
        requireNonNull(place, "place is null");
        values = Map.copyOf(values);
    }

    /** Where something is counted; {@code operator} is empty for a whole task. */
    record Place(String task, String operator, int subtask) {
        Place {
            requireNonNull(task, "task is null");
            requireNonNull(operator, "operator is null");
        }
    }
}
