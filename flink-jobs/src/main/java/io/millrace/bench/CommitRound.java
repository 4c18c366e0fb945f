package io.millrace.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What commits cost in a log of some length.
 *
 * @param commits that the log has after them
 * @param p50 milliseconds of one commit
 * @param p95 milliseconds of one commit
 */
public record CommitRound(long commits, double p50, double p95) {

    public Map<String, Object> toDocument() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("commits", commits);
        document.put("p50_ms", p50);
        document.put("p95_ms", p95);
        return document;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%,d commits: p50 %.2f ms, p95 %.2f ms a commit", commits, p50, p95);
    }
}
