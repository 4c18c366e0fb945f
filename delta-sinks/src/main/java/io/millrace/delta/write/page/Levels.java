package io.millrace.delta.write.page;

import java.util.Arrays;

/** Repetition or definition levels of a page. As long as all are the same, only their number. */
final class Levels {

    private final int max;
    private int[] levels = {};
    private int count;
    private int first;
    private boolean uniform = true;

    Levels(int max) {
        this.max = max;
    }

    void add(int level) {
        if (max == 0) {
            return;
        }
        if (uniform) {
            if (count == 0) {
                first = level;
            } else if (level != first) {
                spread();
            }
        }
        if (!uniform) {
            if (count == levels.length) {
                levels = Arrays.copyOf(levels, 2 * count);
            }
            levels[count] = level;
        }
        count++;
    }

    private void spread() {
        if (levels.length <= count) {
            levels = new int[Math.max(64, 2 * count)];
        }
        Arrays.fill(levels, 0, count, first);
        uniform = false;
    }

    int capacity() {
        return levels.length * Integer.BYTES;
    }

    /** Appends the levels with their length before them, as pages of version 1 have them. */
    void encode(ByteSink out) {
        if (max == 0) {
            return;
        }
        int start = out.advance(Integer.BYTES);
        int width = RunEncoder.bitWidth(max);
        if (uniform) {
            RunEncoder.run(first, count, width, out);
        } else {
            RunEncoder.encode(levels, count, width, out);
        }
        out.setInt(start, out.size() - start - Integer.BYTES);
    }

    void clear() {
        count = 0;
        uniform = true;
    }
}
