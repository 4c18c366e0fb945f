package io.millrace.delta.source.reader;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.source.split.DeltaSplit;
import java.io.IOException;

/** Opens splits for reading, one at a time; blocks. */
@FunctionalInterface
interface SplitOpener {

    CloseableIterator<SequencedRow> open(DeltaSplit split) throws IOException;
}
