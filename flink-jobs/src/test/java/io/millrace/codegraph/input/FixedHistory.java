package io.millrace.codegraph.input;

import java.util.List;
import java.util.Optional;

/** A history of revisions given in order. */
record FixedHistory(List<String> revisions) implements RevisionHistory {
    static FixedHistory of(String... revisions) {
        return new FixedHistory(List.of(revisions));
    }

    @Override
    public Optional<String> newest() {
        return revisions.isEmpty()
                ? Optional.empty()
                : Optional.of(revisions.get(revisions.size() - 1));
    }

    @Override
    public boolean contains(String revisionId) {
        return revisions.contains(revisionId);
    }
}
