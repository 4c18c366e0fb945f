package io.millrace.delta.source.enumerator;

import io.millrace.delta.parquet.ByteRange;
import io.millrace.delta.source.changes.FileChange;
import io.millrace.delta.source.split.DeltaSplit;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts files into ranges that readers share. Only sizes are known here, not where row groups lie;
 * so a range may turn out to hold none.
 */
final class SplitCutter {

    private final long bytesPerSplit;

    SplitCutter(long bytesPerSplit) {
        this.bytesPerSplit = bytesPerSplit;
    }

    /**
     * Adds the splits of one file.
     *
     * @param firstOrdinal within the version
     * @return the ordinal of the next split
     */
    int cut(
            FileChange change,
            long version,
            int firstOrdinal,
            long timestamp,
            long schemaVersion,
            List<DeltaSplit> splits) {
        int ordinal = firstOrdinal;
        for (ByteRange range : cut(change.file().size())) {
            splits.add(
                    new DeltaSplit(version, ordinal++, timestamp, schemaVersion, change, range, 0));
        }
        return ordinal;
    }

    /**
     * The ranges of a file, which together hold every position.
     *
     * @param size of the file; unknown where it is not positive
     */
    List<ByteRange> cut(long size) {
        List<ByteRange> ranges = new ArrayList<>();
        long start = 0;
        // A small rest goes with the range before.
        while (size - start - bytesPerSplit > bytesPerSplit / 2) {
            ranges.add(new ByteRange(start, start + bytesPerSplit));
            start += bytesPerSplit;
        }
        ranges.add(new ByteRange(start, ByteRange.ALL.end()));
        return ranges;
    }
}
