package io.millrace.delta.source.reader;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.ColumnarFileReader;

/** What reading a file has cost, told batch by batch. */
final class FileCounts {

    private final ColumnarFileReader file;

    private boolean opened;
    private int rowGroupsCounted;

    FileCounts(ColumnarFileReader file) {
        this.file = requireNonNull(file, "file is null");
    }

    /** Adds what came since the last call. */
    void addTo(ReadCounts counts) {
        counts.add(file.rowGroupsRead() - rowGroupsCounted, 0, 0);
        rowGroupsCounted = file.rowGroupsRead();
        if (!opened) {
            opened = true;
            counts.add(0, file.rowGroupsSkipped(), file.bytesSelected());
        }
    }
}
