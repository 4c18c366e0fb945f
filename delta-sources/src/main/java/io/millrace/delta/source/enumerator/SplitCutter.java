package io.millrace.delta.source.enumerator;

import io.millrace.delta.parquet.ByteRange;
import io.millrace.delta.source.Delivery;
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
     * @param from where in the file they begin
     * @param firstOrdinal within the version
     * @return the ordinal of the next split
     */
    int cut(
            FileChange change,
            long from,
            Origin origin,
            int firstOrdinal,
            List<DeltaSplit> splits) {
        int ordinal = firstOrdinal;
        for (ByteRange range : cut(change.file().size())) {
            if (range.end() > from) {
                splits.add(
                        new DeltaSplit(
                                origin.version(),
                                ordinal++,
                                origin.timestamp(),
                                origin.schemaVersion(),
                                change,
                                new ByteRange(Math.max(from, range.start()), range.end()),
                                0,
                                origin.delivery()));
            }
        }
        return ordinal;
    }

    /**
     * What the splits of a version have in common.
     *
     * @param timestamp of the commit, epoch milliseconds
     * @param schemaVersion version whose columns the files have
     */
    record Origin(long version, long timestamp, long schemaVersion, Delivery delivery) {}

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
