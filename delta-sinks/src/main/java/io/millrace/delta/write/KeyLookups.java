package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import it.unimi.dsi.fastutil.ints.IntArrays;
import java.io.IOException;
import java.util.Arrays;

/** Looks up many keys at once, and counts what it finds. */
final class KeyLookups {

    private final KeyPlaces keys;
    private long hits;
    private long misses;

    KeyLookups(KeyPlaces keys) {
        this.keys = requireNonNull(keys, "keys is null");
    }

    /** Where the row of each key in {@code part} stands, or {@link KeyIndex#ABSENT}. */
    long[] places(NetChangeBuffer part) throws IOException {
        long[] places = new long[part.keys()];
        int found = 0;
        for (int key : order(part)) {
            places[key] = keys.get(part.high(key), part.low(key));
            found += places[key] == KeyIndex.ABSENT ? 0 : 1;
        }
        hits += found;
        misses += places.length - found;
        return places;
    }

    /** Neighbours on disk are looked up one after the other. */
    private int[] order(NetChangeBuffer part) {
        int[] order = new int[part.keys()];
        Arrays.setAll(order, key -> key);
        if (keys.prefersOrder()) {
            IntArrays.quickSort(
                    order,
                    (a, b) ->
                            KeyEntries.compare(
                                    part.high(a), part.low(a), part.high(b), part.low(b)));
        }
        return order;
    }

    long hits() {
        return hits;
    }

    long misses() {
        return misses;
    }
}
