package io.millrace.delta.source;

import org.apache.flink.annotation.Internal;

/** What the rows of a read mean. */
@Internal
public enum ReadMode {
    /** Changes of all kinds, as a changelog in the order of versions. */
    CHANGELOG,
    /** Inserted rows, in the order of versions; any other change stops the read. */
    APPEND_ONLY,
    /** Rows of the change feed as they stand there, the change type a column; all are inserts. */
    FEED,
    /** The rows of one version. */
    SNAPSHOT
}
