package io.millrace.codegraph.tables;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.table.TableSnapshot;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.table.data.RowData;

/** Reads the live rows of a table. */
final class TableRows {
    private TableRows() {}

    /** Hands each live row of the newest version to the consumer; none if there is no table. */
    static void read(DeltaTable table, List<String> columns, Consumer<RowData> consumer)
            throws IOException {
        if (!table.exists()) {
            return;
        }
        TableSnapshot snapshot = table.snapshot();
        try (CloseableIterator<DataFile> files = snapshot.files()) {
            while (files.hasNext()) {
                read(table, snapshot, files.next(), columns, consumer);
            }
        }
    }

    private static void read(
            DeltaTable table,
            TableSnapshot snapshot,
            DataFile file,
            List<String> columns,
            Consumer<RowData> consumer)
            throws IOException {
        Optional<RowPositions> deleted =
                file.deletionVector().map(vector -> DeletionVectors.load(table, vector));
        try (DeltaFileReader rows =
                DeltaFileReader.open(
                        table, snapshot.metadata(), FileToRead.of(file), columns, deleted)) {
            while (rows.hasNext()) {
                consumer.accept(rows.next().row());
            }
        }
    }
}
