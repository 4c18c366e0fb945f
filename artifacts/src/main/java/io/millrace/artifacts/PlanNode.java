package io.millrace.artifacts;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A node of one stage of a plan.
 *
 * @param number from 1 within its stage, inputs before what they go into
 * @param attributes what the planner says of it, by name
 * @param columns {@code name type}, in order
 * @param changelog kinds of changes that it gives ({@code I,UB,UA,D}), empty where not known
 * @param upsertKeys columns of each, sorted
 * @param rows estimated, -1 where there is no estimate
 * @param cost estimated cost with that of its inputs, as the planner writes it; empty where not
 *     known
 */
public record PlanNode(
        int number,
        String type,
        SortedMap<String, String> attributes,
        List<String> columns,
        String changelog,
        List<List<String>> upsertKeys,
        double rows,
        String cost,
        List<Integer> inputs) {
    public PlanNode {
        requireNonNull(type, "type is null");
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        columns = List.copyOf(columns);
        requireNonNull(changelog, "changelog is null");
        upsertKeys = List.copyOf(upsertKeys);
        requireNonNull(cost, "cost is null");
        inputs = List.copyOf(inputs);
    }
}
