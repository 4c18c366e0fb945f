package io.millrace.delta.commit;

import io.millrace.delta.table.RowPositions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Row positions to delete, by path of the file. */
final class FileDeletions {

    private final Map<String, RowPositions> byPath = new LinkedHashMap<>();

    void add(String path, long position) {
        byPath.computeIfAbsent(path, p -> new RowPositions()).add(position);
    }

    void addAll(String path, RowPositions positions) {
        byPath.computeIfAbsent(path, p -> new RowPositions()).addAll(positions);
    }

    void remove(String path, long position) {
        RowPositions positions = byPath.get(path);
        if (positions != null) {
            positions.remove(position);
            if (positions.isEmpty()) {
                byPath.remove(path);
            }
        }
    }

    /** The positions in one file, possibly none; not to be changed. */
    RowPositions of(String path) {
        return byPath.getOrDefault(path, new RowPositions());
    }

    Set<String> paths() {
        return byPath.keySet();
    }

    boolean isEmpty() {
        return byPath.isEmpty();
    }

    long count() {
        return byPath.values().stream().mapToLong(RowPositions::cardinality).sum();
    }
}
