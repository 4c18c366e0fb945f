package io.millrace.delta.parquet;

import io.millrace.delta.parquet.vector.DecodedVector;

/** The values of a page that are present, in order. Each implementation fills one vector class. */
interface ValueDecoder {

    /** Reads the next {@code count} values to position {@code at} of {@code out} and on. */
    void read(DecodedVector out, int at, int count);

    void skip(int count);
}
