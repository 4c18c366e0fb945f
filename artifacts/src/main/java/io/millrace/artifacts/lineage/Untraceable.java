package io.millrace.artifacts.lineage;

import io.millrace.delta.table.RefusedException;

/** What is said where a plan has a node or an expression whose lineage is not known. */
final class Untraceable {
    private Untraceable() {}

    static RefusedException of(Object node) {
        return because(node.getClass().getSimpleName() + " " + node);
    }

    static RefusedException because(String what) {
        return new RefusedException(
                "lineage: cannot be followed through "
                        + what
                        + ": it is not known what its columns come from. Write the query without it.");
    }
}
