package io.millrace.delta.sink;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;

/**
 * Asks the operator with the uid {@code commit-<dataset>} how far it is, for a {@link
 * SinkProgress}.
 */
@PublicEvolving
public record SinkProgressRequest() implements CoordinationRequest {

    private static final long serialVersionUID = 1L;
}
