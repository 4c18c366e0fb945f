package io.millrace.delta.sink.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.RowSelection;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads tables (id, name) past Flink. */
final class TargetRows {

    private TargetRows() {}

    /** id to name in the newest version; no id may be there twice. */
    static Map<Long, String> rows(DeltaTable table) throws Exception {
        Map<Long, String> rows = new TreeMap<>();
        try (CloseableIterator<DataFile> files = table.snapshot().files()) {
            while (files.hasNext()) {
                DataFile file = files.next();
                try (DeltaFileReader reader =
                        DeltaFileReader.open(
                                table,
                                table.snapshot().metadata(),
                                FileToRead.of(file),
                                List.of("id", "name"),
                                RowSelection.except(
                                        file.deletionVector()
                                                .map(v -> DeletionVectors.load(table, v))))) {
                    while (reader.hasNext()) {
                        var row = reader.next().row();
                        assertThat(rows.put(row.getLong(0), row.getString(1).toString())).isNull();
                    }
                }
            }
        }
        return rows;
    }
}
