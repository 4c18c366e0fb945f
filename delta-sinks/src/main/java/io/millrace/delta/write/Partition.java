package io.millrace.delta.write;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The partition of a row.
 *
 * @param folder relative to the table, as it stands on disk; empty without partition columns
 * @param values physical column name to serialized value
 */
record Partition(String folder, Map<String, String> values) {

    static final Partition NONE = new Partition("", Map.of());

    Partition {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
