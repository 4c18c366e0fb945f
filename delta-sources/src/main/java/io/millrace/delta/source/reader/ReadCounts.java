package io.millrace.delta.source.reader;

/** What reading files has cost. */
final class ReadCounts {

    private long rowGroupsRead;
    private long rowGroupsSkipped;
    private long bytesRead;

    long rowGroupsRead() {
        return rowGroupsRead;
    }

    long rowGroupsSkipped() {
        return rowGroupsSkipped;
    }

    long bytesRead() {
        return bytesRead;
    }

    void clear() {
        rowGroupsRead = 0;
        rowGroupsSkipped = 0;
        bytesRead = 0;
    }

    void add(long read, long skipped, long bytes) {
        rowGroupsRead += read;
        rowGroupsSkipped += skipped;
        bytesRead += bytes;
    }
}
