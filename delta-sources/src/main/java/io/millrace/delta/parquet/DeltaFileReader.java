package io.millrace.delta.parquet;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.types.DeltaTypes;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The rows of one data file or change file of a table, in the order of the file, as rows of the
 * table's logical columns.
 *
 * <p>Columns that the file lacks are null; partition columns have the file's partition values,
 * whether or not the file holds them too. Reading blocks; not thread-safe.
 */
@Internal
public final class DeltaFileReader implements CloseableIterator<PositionedRow> {

    /** Column of change files that says what happened to the row. */
    public static final String CHANGE_TYPE = ColumnarFileReader.CHANGE_TYPE;

    private final RowSelection selection;
    private final ColumnarFileReader batches;
    private final VectorValues[] values;

    private Optional<ColumnBatch> batch = Optional.empty();
    private int nextInBatch;

    private DeltaFileReader(
            RowSelection selection, ColumnarFileReader batches, VectorValues[] values) {
        this.selection = selection;
        this.batches = batches;
        this.values = values;
    }

    /**
     * Opens {@code file} for reading {@code columns}, without the rows in {@code skip}.
     *
     * @param metadata of the table at the version whose columns the rows are to have
     * @param columns names of top-level columns, or {@link #CHANGE_TYPE} in change files
     */
    public static DeltaFileReader open(
            DeltaTable table,
            TableMetadata metadata,
            FileToRead file,
            List<String> columns,
            Optional<RowPositions> skip)
            throws IOException {
        return open(table, metadata, file, columns, RowSelection.except(skip));
    }

    /**
     * Opens {@code file} for reading {@code columns} of the rows that {@code selection} selects.
     */
    public static DeltaFileReader open(
            DeltaTable table,
            TableMetadata metadata,
            FileToRead file,
            List<String> columns,
            RowSelection selection)
            throws IOException {
        requireNonNull(selection, "selection is null");
        RowType type = type(table, metadata, columns);
        VectorValues[] values =
                type.getChildren().stream().map(VectorValues::of).toArray(VectorValues[]::new);
        return new DeltaFileReader(
                selection,
                ColumnarFileReader.open(
                        table,
                        metadata,
                        file,
                        type,
                        ReadRange.startingAt(selection.firstPosition())),
                values);
    }

    private static RowType type(DeltaTable table, TableMetadata metadata, List<String> columns) {
        List<RowType.RowField> fields = new ArrayList<>();
        for (String name : columns) {
            LogicalType type =
                    DeltaTypes.toLogicalType(
                            ColumnarFileReader.column(table, metadata, name).getDataType(), true);
            fields.add(new RowType.RowField(name, type));
        }
        return new RowType(fields);
    }

    @Override
    public boolean hasNext() {
        while (true) {
            if (batch.isPresent()) {
                ColumnBatch current = batch.get();
                for (; nextInBatch < current.rows(); nextInBatch++) {
                    if (selection.selects(current.position(nextInBatch))) {
                        return true;
                    }
                }
            }
            try {
                batch = batches.next();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            nextInBatch = 0;
            if (batch.isEmpty()) {
                return false;
            }
        }
    }

    @Override
    public PositionedRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ColumnBatch current = batch.orElseThrow();
        GenericRowData row = new GenericRowData(values.length);
        for (int i = 0; i < values.length; i++) {
            row.setField(i, values[i].read(current.vectors().columns[i], nextInBatch));
        }
        return new PositionedRow(row, current.position(nextInBatch++));
    }

    @Override
    public void close() throws IOException {
        batches.close();
    }

    /** Whether reading failed because the file is not there, which cleaning a table leads to. */
    public static boolean isFileGone(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof FileNotFoundException) {
                return true;
            }
        }
        return false;
    }
}
