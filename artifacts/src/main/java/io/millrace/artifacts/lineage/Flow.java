package io.millrace.artifacts.lineage;

import java.util.List;
import java.util.SortedSet;

/**
 * What a node of the tree gives.
 *
 * @param fields origins of each field
 * @param rows origins of which rows there are
 * @param operation number of the step
 */
record Flow(List<SortedSet<Origin>> fields, SortedSet<Origin> rows, int operation) {
    Flow {
        fields = List.copyOf(fields);
    }

    SortedSet<Origin> everything() {
        return Origins.union(fields);
    }
}
