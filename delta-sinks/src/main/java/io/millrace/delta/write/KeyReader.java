package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.ColumnBatch;
import io.millrace.delta.parquet.ColumnarFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.ReadRange;
import io.millrace.delta.parquet.RowSelection;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.types.logical.RowType;

/** Reads the keys of rows in a table's files, and nothing else of them. */
final class KeyReader {

    private final DeltaTable table;
    private final RowType keyType;
    private final KeyEncoder encoder;

    KeyReader(DeltaTable table, WriteSpec spec) {
        this.table = requireNonNull(table, "table is null");
        List<RowType.RowField> fields = new ArrayList<>();
        for (String column : spec.keyColumns()) {
            fields.add(spec.rowType().getFields().get(spec.rowType().getFieldIndex(column)));
        }
        this.keyType = new RowType(fields);
        this.encoder = KeyEncoder.of(table.location(), keyType, spec.keyColumns());
    }

    void read(TableMetadata metadata, FileToRead file, RowSelection selection, KeyConsumer consumer)
            throws IOException {
        try (ColumnarFileReader batches =
                ColumnarFileReader.open(table, metadata, file, keyType, ReadRange.ALL)) {
            Optional<ColumnBatch> next = batches.next();
            while (next.isPresent()) {
                ColumnBatch batch = next.get();
                ColumnarRowData row = new ColumnarRowData(batch.vectors());
                for (int i = 0; i < batch.rows(); i++) {
                    long position = batch.position(i);
                    if (selection.selects(position)) {
                        row.setRowId(i);
                        encoder.encode(row);
                        consumer.accept(encoder, position);
                    }
                }
                next = batches.next();
            }
        }
    }

    /** Takes a key and the position of its row. */
    @FunctionalInterface
    interface KeyConsumer {
        void accept(KeyEncoder key, long position) throws IOException;
    }
}
