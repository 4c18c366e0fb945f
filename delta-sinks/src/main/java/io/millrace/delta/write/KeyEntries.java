package io.millrace.delta.write;

import java.io.IOException;

/**
 * Keys and their places, in the order of {@link #compare}; each key once. Starts before the first.
 */
interface KeyEntries {

    /** Steps on; false at the end. */
    boolean next() throws IOException;

    long high();

    long low();

    long place();

    /** By hash as an unsigned number, then by key. */
    static int compare(long high, long low, long otherHigh, long otherLow) {
        int byHash =
                Long.compareUnsigned(KeyIndex.hash(high, low), KeyIndex.hash(otherHigh, otherLow));
        if (byHash != 0) {
            return byHash;
        }
        int byHigh = Long.compare(high, otherHigh);
        return byHigh != 0 ? byHigh : Long.compare(low, otherLow);
    }
}
