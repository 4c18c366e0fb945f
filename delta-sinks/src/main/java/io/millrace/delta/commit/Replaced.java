package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.Predicate;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The partitions that an overwrite replaces, those that fulfil all of these.
 *
 * @param partition partition column to the value it has there, as a table's log has it (Delta
 *     protocol, "Partition Value Serialization"); empty for every partition
 * @param written whether only partitions that rows were written to
 * @param where of partition columns, in logical names
 */
public record Replaced(Map<String, String> partition, boolean written, Predicate where)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The whole table. */
    public static final Replaced ALL = new Replaced(Map.of(), false, Predicate.TRUE);

    public Replaced {
        partition = Collections.unmodifiableMap(new TreeMap<>(partition));
        requireNonNull(where, "where is null");
    }
}
