package io.millrace.delta.source.enumerator;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/** A reader's word that it has declared the last version complete. */
@Internal
public record ReaderThrough(long version) implements SourceEvent {}
