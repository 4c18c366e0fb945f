package io.millrace.delta.write.page;

import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/**
 * Least and greatest of the byte strings of a page, as unsigned bytes. Most values are told from
 * both by their first eight bytes, so that what lies in them is looked at once.
 */
final class BytesBounds {

    private final byte[] data;
    private int minStart;
    private int minEnd;
    private int maxStart;
    private int maxEnd;

    /** The first eight bytes of each, as a signed number in the order of unsigned bytes. */
    private long minHead;

    private long maxHead;

    /**
     * @param data byte strings, each with its length before it
     * @param size of them in bytes, with at least one
     */
    BytesBounds(byte[] data, int size) {
        this.data = data;
        int at = begin();
        while (at < size) {
            int start = at + Integer.BYTES;
            int end = start + ByteSink.intAt(data, at);
            add(start, end);
            at = end;
        }
    }

    private int begin() {
        minStart = Integer.BYTES;
        minEnd = minStart + ByteSink.intAt(data, 0);
        minHead = head(minStart, minEnd);
        maxStart = minStart;
        maxEnd = minEnd;
        maxHead = minHead;
        return minEnd;
    }

    private void add(int start, int end) {
        long head = head(start, end);
        if (head < minHead || (head == minHead && compare(start, end, minStart, minEnd) < 0)) {
            minStart = start;
            minEnd = end;
            minHead = head;
        } else if (head > maxHead
                || (head == maxHead && compare(start, end, maxStart, maxEnd) > 0)) {
            maxStart = start;
            maxEnd = end;
            maxHead = head;
        }
    }

    private int compare(int start, int end, int otherStart, int otherEnd) {
        return Arrays.compareUnsigned(data, start, end, data, otherStart, otherEnd);
    }

    /** A shorter string is filled up with zeros: where two heads differ, so do the strings. */
    private long head(int start, int end) {
        int length = end - start;
        long head = 0;
        if (start + Long.BYTES <= data.length) {
            head = Long.reverseBytes(ByteSink.longAt(data, start));
            if (length < Long.BYTES) {
                head = length == 0 ? 0 : head & (-1L << (Long.SIZE - length * Byte.SIZE));
            }
        } else {
            for (int i = 0; i < Math.min(length, Long.BYTES); i++) {
                head |= (data[start + i] & 0xFFL) << (Long.SIZE - (i + 1) * Byte.SIZE);
            }
        }
        return head ^ Long.MIN_VALUE;
    }

    void into(Statistics<?> statistics) {
        statistics.updateStats(copy(minStart, minEnd));
        statistics.updateStats(copy(maxStart, maxEnd));
    }

    private Binary copy(int start, int end) {
        return Binary.fromConstantByteArray(Arrays.copyOfRange(data, start, end));
    }
}
