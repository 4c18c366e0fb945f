package io.millrace.delta.source.changes;

import java.util.Map;
import org.apache.flink.annotation.Internal;

/** Finds the partition values of a file that a commit removes without saying them. */
@Internal
@FunctionalInterface
public interface PartitionValueLookup {

    /**
     * @param path of a removed file, as in the log
     * @param version that removes it
     */
    Map<String, String> partitionValues(String path, long version);
}
