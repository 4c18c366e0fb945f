package io.millrace.delta.table;

import java.util.Set;
import java.util.TreeSet;

/** What a table's {@code protocol} action asks of readers and writers. */
public record TableProtocol(
        int minReaderVersion,
        int minWriterVersion,
        Set<String> readerFeatures,
        Set<String> writerFeatures) {

    public TableProtocol {
        readerFeatures = Set.copyOf(new TreeSet<>(readerFeatures));
        writerFeatures = Set.copyOf(new TreeSet<>(writerFeatures));
    }
}
