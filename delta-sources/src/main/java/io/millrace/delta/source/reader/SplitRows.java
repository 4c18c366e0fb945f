package io.millrace.delta.source.reader;

import java.io.Closeable;
import java.io.IOException;

/** The rows of an open split, in the order of the file. Blocks; not thread-safe. */
interface SplitRows extends Closeable {

    /** Fills a cleared batch with the next rows, and says so if they are the last. */
    void read(ReadBatch batch) throws IOException;
}
