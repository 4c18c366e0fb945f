package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.ColumnBatch;
import io.millrace.delta.parquet.ColumnarFileReader;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.ReadRange;
import io.millrace.delta.parquet.RowSelection;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.table.TableMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.types.logical.RowType;

/** Reads the keys of rows in a table's files and, where that is asked for, single rows whole. */
final class KeyReader {

    private final DeltaTable table;
    private final List<String> columns;
    private final RowType keyType;
    private final KeyEncoder encoder;

    KeyReader(DeltaTable table, WriteSpec spec) {
        this.table = requireNonNull(table, "table is null");
        this.columns = spec.rowType().getFieldNames();
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

    /** Reads whole rows, those at {@code positions}. */
    void readRows(TableMetadata metadata, FileToRead file, RowPositions positions, RowAt consumer)
            throws IOException {
        try (DeltaFileReader rows =
                DeltaFileReader.open(
                        table, metadata, file, columns, RowSelection.only(positions))) {
            while (rows.hasNext()) {
                var row = rows.next();
                consumer.accept(row.position(), row.row());
            }
        }
    }

    /** Takes a row and its position. */
    @FunctionalInterface
    interface RowAt {
        void accept(long position, RowData row);
    }

    /** Takes a key and the position of its row. */
    @FunctionalInterface
    interface KeyConsumer {
        void accept(KeyEncoder key, long position) throws IOException;
    }
}
