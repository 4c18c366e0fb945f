package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Map;

/**
 * What every commit of one sink says of itself, apart from its rows.
 *
 * @param sinkId application id of the transactions; whoever commits with it owns the sink
 * @param parameters recorded as they are, for example {@link CommitParameters#PIPELINE}
 */
public record CommitFacts(String sinkId, Map<String, String> parameters) implements Serializable {

    public CommitFacts {
        requireNonNull(sinkId, "sinkId is null");
        if (sinkId.isBlank()) {
            throw new IllegalArgumentException("the sink id is blank");
        }
        parameters = Map.copyOf(parameters);
    }
}
