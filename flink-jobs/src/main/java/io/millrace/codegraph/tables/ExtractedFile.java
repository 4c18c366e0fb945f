package io.millrace.codegraph.tables;

import static java.util.Objects.requireNonNull;

import io.millrace.codegraph.model.FileFacts;

/** A file, and what was found in it: all that the tables hold of it. */
record ExtractedFile(
        String fileId,
        String repository,
        String path,
        String language,
        String sha256,
        long bytes,
        int lines,
        FileFacts facts) {
    ExtractedFile {
        requireNonNull(fileId, "fileId is null");
        requireNonNull(repository, "repository is null");
        requireNonNull(path, "path is null");
        requireNonNull(language, "language is null");
        requireNonNull(sha256, "sha256 is null");
        requireNonNull(facts, "facts is null");
    }
}
