package io.millrace.delta.write.page;

/** The distinct values of a column chunk, numbered in the order they came. */
interface ValueDictionary {

    /** Entries from which on a dictionary is too large. */
    int MAX_ENTRIES = 1 << 16;

    /** Bytes of a dictionary page from which on it is too large. */
    int MAX_BYTES = 1 << 20;

    /**
     * Numbers values.
     *
     * @param data the values, as PLAIN has them
     * @param count how many of them, from the start
     * @param ids takes their numbers
     * @return whether all have one; not if the dictionary is too large
     */
    boolean encode(byte[] data, int count, int[] ids);

    int entries();

    /** The dictionary page, in PLAIN. */
    ByteSink page();

    void clear();
}
