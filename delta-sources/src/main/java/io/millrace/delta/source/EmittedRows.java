package io.millrace.delta.source;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.annotation.Internal;

/** What a source emits. */
@Internal
public sealed interface EmittedRows extends Serializable {

    /** Binary rows in the layout of {@link SequencedRows}, which go over the network. */
    record Sequenced() implements EmittedRows {}

    /**
     * Inserts that look at the columns as they were decoded, for the operators chained behind the
     * source of a batch job; in no order, and asked for ahead. Valid until the next one is emitted.
     *
     * @param fields where each field of the rows is found: a read column and fields of structs in
     *     it, or behind the last column the commit version, commit timestamp and change type at the
     *     positions that {@link SequencedRows} gives version, timestamp and phase
     */
    record Viewed(List<List<Integer>> fields) implements EmittedRows {
        public Viewed {
            requireNonNull(fields, "fields is null");
            fields = fields.stream().map(List::copyOf).toList();
        }
    }
}
