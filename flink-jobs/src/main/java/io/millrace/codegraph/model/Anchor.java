package io.millrace.codegraph.model;

import static java.util.Objects.requireNonNull;

/**
 * Where an entity stands in its file: bytes {@code start} (inclusive) to {@code end} (exclusive).
 * The only place of positions, so that moved text changes nothing but anchors.
 */
public record Anchor(String entityId, long start, long end) {
    public Anchor {
        requireNonNull(entityId, "entityId is null");
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("no span: " + start + ".." + end);
        }
    }
}
