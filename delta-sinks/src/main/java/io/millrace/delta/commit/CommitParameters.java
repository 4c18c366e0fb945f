package io.millrace.delta.commit;

import java.util.Map;
import java.util.TreeMap;

/** Names and values of the operation parameters that our commits carry. */
public final class CommitParameters {

    public static final String PIPELINE = "millrace.pipeline";
    public static final String RUN = "millrace.run";
    public static final String PLAN = "millrace.plan";

    /** Newest checkpoint whose changes are in the commit. */
    public static final String CHECKPOINT = "millrace.checkpoint";

    /** Random, of the committable that the commit was made from. */
    public static final String TOKEN = "millrace.token";

    /** JSON object: source dataset to the version that the commit is the result of. */
    public static final String SOURCES = "millrace.sources";

    /** JSON object with the net counts {@code inserted}, {@code updated} and {@code deleted}. */
    public static final String COUNTS = "millrace.counts";

    /**
     * {@code true} where the rows do not stand where the writers put them; key indexes are to be
     * loaded again from this version.
     */
    public static final String REMERGED = "millrace.remerged";

    /** {@code true} on a commit without rows that keeps older runs of the sink from committing. */
    public static final String FENCE = "millrace.fence";

    private CommitParameters() {}

    static Map<String, String> of(
            CommitFacts facts, Committable committable, ChangeCounts counts, boolean remerged) {
        Map<String, String> parameters = new TreeMap<>(facts.parameters());
        parameters.put(CHECKPOINT, Long.toString(committable.throughCheckpoint()));
        parameters.put(TOKEN, committable.token());
        parameters.put(SOURCES, Json.write(committable.sourceVersions()));
        parameters.put(COUNTS, Json.write(json(counts)));
        if (remerged) {
            parameters.put(REMERGED, "true");
        }
        return parameters;
    }

    static boolean isRemerged(Map<String, String> parameters) {
        return "true".equals(parameters.get(REMERGED));
    }

    private static Map<String, Long> json(ChangeCounts counts) {
        Map<String, Long> json = new TreeMap<>();
        json.put("inserted", counts.inserted());
        json.put("updated", counts.updated());
        json.put("deleted", counts.deleted());
        return json;
    }
}
