package io.millrace.delta.write;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.LongPredicate;

/**
 * Where the row of each key stands: 128-bit key -> place ({@link KeyIndex#place}). Not thread-safe;
 * what it tells about itself may be asked by any thread.
 */
interface KeyPlaces extends Closeable {

    /** The key's place, or {@link KeyIndex#ABSENT}. */
    long get(long high, long low) throws IOException;

    /**
     * Sets the key's place.
     *
     * @param before what {@link #get} says now
     */
    void set(long high, long low, long before, long place) throws IOException;

    /**
     * Forgets the key.
     *
     * @param before what {@link #get} says now
     */
    void forget(long high, long low, long before) throws IOException;

    /** Forgets every key whose place is selected, looking at all of them. */
    void removeIf(LongPredicate places) throws IOException;

    void clear() throws IOException;

    long size();

    /** Bytes in memory. */
    long sizeInBytes();

    /** Bytes on the local disk. */
    long diskBytes();

    /** Whether keys are best looked up in the order of {@link KeyIndex#hash}. */
    boolean prefersOrder();
}
