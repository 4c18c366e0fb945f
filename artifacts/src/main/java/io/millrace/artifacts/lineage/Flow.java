package io.millrace.artifacts.lineage;

import java.util.List;
import java.util.NavigableSet;

/**
 * What a node of the tree gives.
 *
 * @param fields origins of each field
 * @param rows origins of which rows there are
 * @param operation number of the step
 */
record Flow(List<NavigableSet<Origin>> fields, NavigableSet<Origin> rows, int operation) {
    Flow {
        fields = List.copyOf(fields);
    }

    NavigableSet<Origin> everything() {
        return Origins.union(fields);
    }
}
