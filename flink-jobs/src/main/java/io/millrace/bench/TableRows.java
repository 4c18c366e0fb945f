package io.millrace.bench;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.types.DeltaTypes;
import java.io.IOException;
import java.util.Optional;

/**
 * The live rows of a table, to compare two tables by.
 *
 * @param rows how many there are
 * @param sum of what was touched in them, in no order
 */
record TableRows(long rows, long sum) {

    /** Of the newest version. */
    static TableRows of(DeltaTable table) throws IOException {
        TableSnapshot snapshot = table.snapshot();
        TableMetadata metadata = snapshot.metadata();
        TouchedRow touched = new TouchedRow(DeltaTypes.toRowType(metadata.schema()).getChildren());
        long rows = 0;
        long sum = 0;
        try (CloseableIterator<DataFile> files = snapshot.files()) {
            while (files.hasNext()) {
                DataFile file = files.next();
                Optional<RowPositions> deleted =
                        file.deletionVector().map(vector -> DeletionVectors.load(table, vector));
                try (DeltaFileReader reader =
                        DeltaFileReader.open(
                                table,
                                metadata,
                                FileToRead.of(file),
                                metadata.schema().fieldNames(),
                                deleted)) {
                    while (reader.hasNext()) {
                        rows++;
                        sum += touched.touch(reader.next().row());
                    }
                }
            }
        }
        return new TableRows(rows, sum);
    }
}
