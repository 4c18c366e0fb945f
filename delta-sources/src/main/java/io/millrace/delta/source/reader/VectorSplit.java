package io.millrace.delta.source.reader;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.ColumnBatch;
import io.millrace.delta.parquet.ColumnarFileReader;
import java.io.IOException;
import java.util.Optional;

/** A split as batches of its file's columns, whose picked rows stay where they are. */
final class VectorSplit implements SplitRows {

    private final ColumnarFileReader file;
    private final RowPicker picker;
    private final ChangeKinds kinds;
    private final FileCounts counts;

    /**
     * @param file opened so that as many batches may be kept as there are at a time, less one
     */
    VectorSplit(ColumnarFileReader file, RowPicker picker, ChangeKinds kinds) {
        this.file = requireNonNull(file, "file is null");
        this.picker = requireNonNull(picker, "picker is null");
        this.kinds = requireNonNull(kinds, "kinds is null");
        this.counts = new FileCounts(file);
    }

    @Override
    public void read(ReadBatch into) throws IOException {
        VectorBatch batch = (VectorBatch) into;
        while (batch.count() == 0) {
            Optional<ColumnBatch> read = file.next();
            if (read.isEmpty()) {
                batch.setLast();
                break;
            }
            batch.fill(read.get(), picker, kinds);
        }
        if (batch.count() > 0) {
            file.keep();
        }
        counts.addTo(batch.counts());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
