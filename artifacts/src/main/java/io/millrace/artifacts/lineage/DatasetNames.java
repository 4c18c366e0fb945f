package io.millrace.artifacts.lineage;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names of datasets: of a table the last part of its name, all of it where two share that. */
final class DatasetNames {
    private final Set<String> shared = new HashSet<>();

    DatasetNames(Collection<List<String>> tables) {
        Map<String, List<String>> byLast = new HashMap<>();
        for (List<String> table : tables) {
            List<String> before = byLast.putIfAbsent(last(table), table);
            if (before != null && !before.equals(table)) {
                shared.add(last(table));
            }
        }
    }

    String of(List<String> table) {
        return shared.contains(last(table)) ? String.join(".", table) : last(table);
    }

    private static String last(List<String> table) {
        return table.get(table.size() - 1);
    }
}
