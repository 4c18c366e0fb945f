package io.millrace.delta.commit;

import java.io.Serializable;

/** Net changed rows: how many were inserted, updated and deleted. */
public record ChangeCounts(long inserted, long updated, long deleted) implements Serializable {

    public static final ChangeCounts NONE = new ChangeCounts(0, 0, 0);

    public ChangeCounts {
        if (inserted < 0 || updated < 0 || deleted < 0) {
            throw new IllegalArgumentException(
                    "negative count: %d, %d, %d".formatted(inserted, updated, deleted));
        }
    }

    public ChangeCounts plus(ChangeCounts other) {
        return new ChangeCounts(
                inserted + other.inserted, updated + other.updated, deleted + other.deleted);
    }

    public long total() {
        return inserted + updated + deleted;
    }
}
