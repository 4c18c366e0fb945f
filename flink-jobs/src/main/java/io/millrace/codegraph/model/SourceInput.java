package io.millrace.codegraph.model;

import static java.util.Objects.requireNonNull;

/** A file to be extracted, and the repository that it is part of. */
public record SourceInput(String repository, SourceText text) {
    public SourceInput {
        requireNonNull(repository, "repository is null");
        requireNonNull(text, "text is null");
    }

    /** Makes the ids of this file, from the beginning. */
    public EntityIds newIds() {
        return EntityIds.ofFile(repository, text.path());
    }
}
