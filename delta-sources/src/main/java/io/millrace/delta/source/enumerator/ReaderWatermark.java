package io.millrace.delta.source.enumerator;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/** The version up to which a reader had declared everything complete at a checkpoint. */
@Internal
public record ReaderWatermark(long checkpointId, long version) implements SourceEvent {}
