package io.millrace.artifacts.lineage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The steps of a plan as they are found; equal ones become one. */
final class OperationList {
    private static final Pattern CORRELATION = Pattern.compile("\\$cor\\d+");

    private final Map<Operation, Integer> numbers = new LinkedHashMap<>();
    private final List<Operation> operations = new ArrayList<>();

    /** Adds a step, or finds it; returns its number. */
    int add(String kind, Map<String, String> details, List<Integer> inputs) {
        SortedMap<String, String> written = new TreeMap<>();
        details.forEach(
                (name, text) -> {
                    if (!text.isEmpty()) {
                        written.put(name, CORRELATION.matcher(text).replaceAll("\\$cor"));
                    }
                });
        return numbers.computeIfAbsent(
                new Operation(0, kind, written, inputs),
                unnumbered -> {
                    int number = operations.size() + 1;
                    operations.add(new Operation(number, kind, written, inputs));
                    return number;
                });
    }

    List<Operation> all() {
        return operations;
    }
}
