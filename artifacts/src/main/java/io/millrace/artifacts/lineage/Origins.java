package io.millrace.artifacts.lineage;

import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Sets of origins put together. */
final class Origins {
    private Origins() {}

    static NavigableSet<Origin> none() {
        return new TreeSet<>();
    }

    static NavigableSet<Origin> union(Collection<? extends Collection<Origin>> sets) {
        NavigableSet<Origin> all = new TreeSet<>();
        sets.forEach(all::addAll);
        return all;
    }

    static NavigableSet<Origin> union(Collection<Origin> left, Collection<Origin> right) {
        return union(List.of(left, right));
    }

    /** The origins of a value computed of values with these; {@code how} is direct. */
    static NavigableSet<Origin> through(Collection<Origin> origins, Influence how) {
        NavigableSet<Origin> all = new TreeSet<>();
        for (Origin origin : origins) {
            boolean further =
                    origin.influence().isDirect() && origin.influence().compareTo(how) < 0;
            all.add(further ? new Origin(origin.column(), how) : origin);
        }
        return all;
    }

    /** The origins of what is decided by values with these; {@code how} is indirect. */
    static NavigableSet<Origin> deciding(Collection<Origin> origins, Influence how) {
        NavigableSet<Origin> all = new TreeSet<>();
        origins.forEach(origin -> all.add(new Origin(origin.column(), how)));
        return all;
    }

    /** The same, of those of several fields. */
    static NavigableSet<Origin> deciding(
            List<NavigableSet<Origin>> fields, Iterable<Integer> positions, Influence how) {
        NavigableSet<Origin> all = new TreeSet<>();
        positions.forEach(position -> all.addAll(deciding(fields.get(position), how)));
        return all;
    }
}
