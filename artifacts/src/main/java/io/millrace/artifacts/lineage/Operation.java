package io.millrace.artifacts.lineage;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A step of a plan.
 *
 * @param number from 1, inputs before what they go into
 * @param kind {@code scan}, {@code calc}, {@code join}, {@code aggregate}, ...
 * @param details keys, types, conditions and the like by name
 * @param inputs numbers of the steps that it reads
 */
public record Operation(
        int number, String kind, SortedMap<String, String> details, List<Integer> inputs) {
    public Operation {
        requireNonNull(kind, "kind is null");
        details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
        inputs = List.copyOf(inputs);
    }
}
