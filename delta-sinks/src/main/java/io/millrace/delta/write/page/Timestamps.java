package io.millrace.delta.write.page;

import org.apache.flink.table.data.TimestampData;

/** Timestamps as files have them. */
public final class Timestamps {

    private Timestamps() {}

    /** Microseconds since the epoch, rounded down. */
    public static long micros(TimestampData timestamp) {
        return micros(timestamp.getMillisecond(), timestamp.getNanoOfMillisecond());
    }

    static long micros(long millisecond, int nanoOfMillisecond) {
        return Math.addExact(
                Math.multiplyExact(millisecond, 1000L), (long) nanoOfMillisecond / 1000);
    }
}
