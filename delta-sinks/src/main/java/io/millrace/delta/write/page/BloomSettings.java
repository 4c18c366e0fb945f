package io.millrace.delta.write.page;

import java.io.Serializable;
import java.util.OptionalLong;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;

/**
 * A bloom filter on a column.
 *
 * @param fpp rate of false positives, above 0 and below 1
 * @param ndv distinct values in a row group that it is made for; not above 0 to count them
 */
public record BloomSettings(double fpp, long ndv) implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int MAX_BYTES = 16 << 20;

    public BloomSettings {
        if (!(fpp > 0 && fpp < 1)) {
            throw new IllegalArgumentException(
                    "the rate of false positives is %s: it must lie between 0 and 1"
                            .formatted(fpp));
        }
    }

    OptionalLong distinct() {
        return ndv > 0 ? OptionalLong.of(ndv) : OptionalLong.empty();
    }

    /** The filter of a chunk with these values. */
    BlockSplitBloomFilter filter(long[] hashes) {
        long values = Math.max(1, distinct().orElse(hashes.length));
        int bytes = BlockSplitBloomFilter.optimalNumOfBits(values, fpp) / Byte.SIZE;
        BlockSplitBloomFilter filter = new BlockSplitBloomFilter(bytes, MAX_BYTES);
        for (long hash : hashes) {
            filter.insertHash(hash);
        }
        return filter;
    }
}
