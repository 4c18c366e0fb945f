package io.millrace.artifacts.lineage;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Sets of origins put together. */
final class Origins {
    private Origins() {}

    static SortedSet<Origin> none() {
        return new TreeSet<>();
    }

    static SortedSet<Origin> union(Collection<? extends Collection<Origin>> sets) {
        SortedSet<Origin> all = new TreeSet<>();
        sets.forEach(all::addAll);
        return all;
    }

    static SortedSet<Origin> union(Collection<Origin> left, Collection<Origin> right) {
        return union(List.of(left, right));
    }

    /** The origins of a value computed of values with these; {@code how} is direct. */
    static SortedSet<Origin> through(Collection<Origin> origins, Influence how) {
        SortedSet<Origin> all = new TreeSet<>();
        for (Origin origin : origins) {
            boolean further =
                    origin.influence().isDirect() && origin.influence().compareTo(how) < 0;
            all.add(further ? new Origin(origin.column(), how) : origin);
        }
        return all;
    }

    /** The origins of what is decided by values with these; {@code how} is indirect. */
    static SortedSet<Origin> deciding(Collection<Origin> origins, Influence how) {
        SortedSet<Origin> all = new TreeSet<>();
        origins.forEach(origin -> all.add(new Origin(origin.column(), how)));
        return all;
    }

    /** The same, of those of several fields. */
    static SortedSet<Origin> deciding(
            List<SortedSet<Origin>> fields, Iterable<Integer> positions, Influence how) {
        SortedSet<Origin> all = new TreeSet<>();
        positions.forEach(position -> all.addAll(deciding(fields.get(position), how)));
        return all;
    }
}
