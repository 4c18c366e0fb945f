package io.millrace.codegraph.input;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/**
 * A file of a revision.
 *
 * @param path relative to the root of the tree, with slashes
 * @param sha256 of the content, in lower-case hex
 * @param content reads it
 */
public record TreeFile(String path, String sha256, Content content) {
    public TreeFile {
        requireNonNull(path, "path is null");
        requireNonNull(sha256, "sha256 is null");
        requireNonNull(content, "content is null");
    }

    /** Reads the bytes of a file. */
    @FunctionalInterface
    public interface Content {
        byte[] read() throws IOException;
    }
}
