package io.millrace.delta.parquet;

/** The repetition or definition levels of a page, in order. */
interface LevelReader {

    /** Reads the next {@code count} levels to {@code out[at]} and on. */
    void read(int[] out, int at, int count);

    /**
     * Reads the next {@code count} levels, each 0 (null) or 1 (present), and sets {@code nulls[at]}
     * and on for the nulls, which must be false.
     *
     * @return the number of those present
     */
    int readPresence(boolean[] nulls, int at, int count);
}
