package io.millrace.delta.source.enumerator;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Tells a reader that a complete checkpoint lies behind this version, at every reader: its files
 * need not be read again after a failure.
 */
@Internal
public record ReleasedVersion(long version) implements SourceEvent {}
