package io.millrace.delta.scan;

import org.apache.flink.annotation.Internal;

/** A table source that reads commits, and can say whether it takes all of their changes. */
@Internal
public interface ChangeFeedNeed {

    /** Whether a stream takes what is appended, and nothing that is updated or deleted. */
    boolean takesAppendsOnly();
}
