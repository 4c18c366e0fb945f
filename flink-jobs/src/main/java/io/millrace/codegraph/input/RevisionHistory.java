package io.millrace.codegraph.input;

import java.util.Optional;

/** What was extracted of one repository before. */
public interface RevisionHistory {
    /** Nothing was extracted. */
    RevisionHistory NONE =
            new RevisionHistory() {
                @Override
                public Optional<String> newest() {
                    return Optional.empty();
                }

                @Override
                public boolean contains(String revisionId) {
                    return false;
                }
            };

    /** Id of the newest extracted revision. */
    Optional<String> newest();

    /** Whether the revision with this id was extracted at any time. */
    boolean contains(String revisionId);
}
