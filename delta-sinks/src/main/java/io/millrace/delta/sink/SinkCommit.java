package io.millrace.delta.sink;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.ChangeCounts;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A commit that a sink made.
 *
 * @param version of the target
 * @param counts net difference to the version before
 * @param sources version of each source that it is the result of
 */
@PublicEvolving
public record SinkCommit(long version, ChangeCounts counts, Map<String, Long> sources)
        implements Serializable {

    public SinkCommit {
        requireNonNull(counts, "counts is null");
        sources = Collections.unmodifiableMap(new TreeMap<>(sources));
    }
}
