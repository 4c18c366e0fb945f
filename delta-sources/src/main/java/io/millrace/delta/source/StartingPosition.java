package io.millrace.delta.source;

import java.io.Serializable;
import org.apache.flink.annotation.Internal;

/** Where a source without restored state begins. */
@Internal
public sealed interface StartingPosition extends Serializable {

    /** All rows of one version of the table, then every later version. */
    record Snapshot() implements StartingPosition {}

    /** Every version committed after the start; what is in the table then is not read. */
    record Latest() implements StartingPosition {}

    /** The changes of {@code version} and of every later version. */
    record Version(long version) implements StartingPosition {
        public Version {
            if (version < 0) {
                throw new IllegalArgumentException("version is negative: " + version);
            }
        }
    }

    /** The changes of the first version committed at this time or later, and of all later ones. */
    record Timestamp(long epochMillis) implements StartingPosition {}

    /**
     * The changes after those that a pipeline has in its results, as it has recorded under {@link
     * io.millrace.delta.dataset.RunOptions#CONSUMERS}.
     */
    record Cursor(String consumer) implements StartingPosition {
        public Cursor {
            if (consumer.isBlank()) {
                throw new IllegalArgumentException("consumer is blank");
            }
        }
    }
}
