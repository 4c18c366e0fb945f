package io.millrace.delta.write;

import io.millrace.delta.commit.ChangeCounts;

/**
 * Which kinds of changes a flush has.
 *
 * @param counts how many of each
 */
record NetKinds(ChangeCounts counts) {

    /**
     * Of a buffer whose changes all have their pre-image.
     *
     * @param places where the row of each key stands now
     */
    static NetKinds of(NetChangeBuffer buffer, long[] places) {
        long inserted = 0;
        long updated = 0;
        long deleted = 0;
        for (int key = 0; key < buffer.keys(); key++) {
            boolean there = places[key] != KeyIndex.ABSENT;
            boolean comes = buffer.hasPostImage(key);
            boolean goes = there && buffer.hasPreImage(key);
            if (comes && goes) {
                updated++;
            } else if (comes) {
                inserted++;
            } else if (goes) {
                deleted++;
            }
        }
        return new NetKinds(new ChangeCounts(inserted, updated, deleted));
    }

    boolean onlyInserts() {
        return counts.updated() == 0 && counts.deleted() == 0;
    }

    boolean onlyDeletes() {
        return counts.updated() == 0 && counts.inserted() == 0;
    }
}
