package io.millrace.delta.source;

import java.io.Serializable;
import org.apache.flink.annotation.Internal;

/**
 * Gives a source its read spec. While a statement set is planned, scans of the same table may still
 * widen the spec; it is final when the job graph is made. Until then {@link #spec} may answer
 * differently from call to call, so nobody keeps the answer before the source runs.
 */
@Internal
@FunctionalInterface
public interface ReadSpecHandle extends Serializable {

    ReadSpec spec();
}
