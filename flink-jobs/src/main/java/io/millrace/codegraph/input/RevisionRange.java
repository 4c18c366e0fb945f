package io.millrace.codegraph.input;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Which revisions of a git work tree are wanted.
 *
 * @param from the first one, included; empty: what is new, at first the last {@link
 *     #DEFAULT_LENGTH}
 * @param to the last one, included; empty: HEAD
 */
public record RevisionRange(Optional<String> from, Optional<String> to) {
    public static final RevisionRange DEFAULT =
            new RevisionRange(Optional.empty(), Optional.empty());

    static final int DEFAULT_LENGTH = 20;

    public RevisionRange {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
    }

    boolean isDefault() {
        return from.isEmpty() && to.isEmpty();
    }
}
