package io.millrace.delta.parquet.row;

/** Rows that are written column by column. */
final class RowBlock {

    private final byte[] bytes;
    private final int[] starts;
    private final int[] cursors;
    private final int[] rows;
    private final int from;
    private final int count;

    /**
     * @param bytes where they are written, all zero at first
     * @param starts where each row begins
     * @param cursors where the next variable part of each row goes
     * @param rows which rows of the vectors they are
     * @param from the first of {@code rows}
     * @param count how many of {@code rows}
     */
    RowBlock(byte[] bytes, int[] starts, int[] cursors, int[] rows, int from, int count) {
        this.bytes = bytes;
        this.starts = starts;
        this.cursors = cursors;
        this.rows = rows;
        this.from = from;
        this.count = count;
    }

    byte[] bytes() {
        return bytes;
    }

    int[] starts() {
        return starts;
    }

    int[] cursors() {
        return cursors;
    }

    int[] rows() {
        return rows;
    }

    int from() {
        return from;
    }

    int count() {
        return count;
    }
}
