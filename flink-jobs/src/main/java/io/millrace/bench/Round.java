package io.millrace.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One measurement.
 *
 * @param rows that were read
 * @param seconds that the job ran
 * @param sum of what was touched in the rows: equal rows have equal sums
 */
public record Round(long rows, double seconds, long sum) {

    public double rowsPerSecond() {
        return rows / seconds;
    }

    public Map<String, Object> toDocument() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("rows", rows);
        document.put("seconds", seconds);
        document.put("rows_per_s", Math.round(rowsPerSecond()));
        return document;
    }
}
