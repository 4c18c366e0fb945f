package io.millrace.delta.source.enumerator;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Tells a reader that every split of every version up to this one was handed out to some reader.
 *
 * @param version may be lower than what was said before, after splits came back
 * @param last whether the source ends after it; a reader that is through answers {@link
 *     ReaderThrough}
 */
@Internal
public record AssignedVersion(long version, boolean last) implements SourceEvent {

    public AssignedVersion(long version) {
        this(version, false);
    }
}
