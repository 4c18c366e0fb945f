package io.millrace.delta.source.reader;

import io.millrace.delta.source.split.DeltaSplit;
import java.io.IOException;

/** Opens splits for reading, one at a time; blocks. */
@FunctionalInterface
interface SplitOpener {

    SplitRows open(DeltaSplit split) throws IOException;
}
