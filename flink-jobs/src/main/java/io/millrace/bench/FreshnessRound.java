package io.millrace.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long versions of a source took until they were in the target.
 *
 * @param lags seconds from each commit of the source to the commit of the target that contains it,
 *     shortest first
 * @param commits of the target that contain them
 */
public record FreshnessRound(List<Double> lags, long commits) {

    private static final double MEDIAN = 0.5;
    private static final double HIGH = 0.95;

    public FreshnessRound {
        lags = lags.stream().sorted().toList();
        if (lags.isEmpty()) {
            throw new IllegalArgumentException("no version was measured");
        }
    }

    public double p50() {
        return lags.get((int) (lags.size() * MEDIAN));
    }

    public double p95() {
        return lags.get((int) (lags.size() * HIGH));
    }

    public Map<String, Object> toDocument() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("versions", lags.size());
        document.put("commits", commits);
        document.put("p50_s", p50());
        document.put("p95_s", p95());
        document.put("min_s", lags.get(0));
        document.put("max_s", lags.get(lags.size() - 1));
        return document;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d versions in %,d commits: p50 %.2f s, p95 %.2f s, at most %.2f s",
                lags.size(),
                commits,
                p50(),
                p95(),
                lags.get(lags.size() - 1));
    }
}
