package io.millrace.delta.source.reader;

import io.millrace.delta.source.split.DeltaSplit;
import java.io.IOException;

/** Opens splits for reading, one at a time; blocks. */
interface SplitOpener {

    SplitRows open(DeltaSplit split) throws IOException;

    /** A batch of the kind that the splits fill. */
    ReadBatch newBatch();

    /** How many batches there may be at a time, those that wait and those in use. */
    int maxBatches();
}
