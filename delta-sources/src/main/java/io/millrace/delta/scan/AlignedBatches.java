package io.millrace.delta.scan;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.ScanAlignment.Absent;
import io.millrace.delta.scan.ScanAlignment.AlignedColumn;
import io.millrace.delta.scan.ScanAlignment.ForNull;
import io.millrace.delta.scan.ScanAlignment.InTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * From vectors of a table's columns to those of a dataset's: casts and defaults. Holds what it made
 * of the last batch; not thread-safe.
 */
@Internal
public final class AlignedBatches {

    /** Makes the vector of one column; {@code read} are those of the table. */
    @FunctionalInterface
    private interface Column {
        ColumnVector of(ColumnVector[] read, int rows);
    }

    private final RowType tableColumns;
    private final List<Column> columns = new ArrayList<>();
    private final boolean isNone;

    /**
     * @param columns of the dataset that are wanted
     */
    public AlignedBatches(RowType columns, ScanAlignment alignment) {
        requireNonNull(alignment, "alignment is null");
        this.tableColumns = alignment.tableColumns(columns);
        for (RowType.RowField field : columns.getFields()) {
            this.columns.add(column(field, alignment));
        }
        // Two columns may come from one, or change places.
        this.isNone =
                columns.getFieldNames().stream().allMatch(alignment::isPlain)
                        && tableColumns.getFieldCount() == columns.getFieldCount();
    }

    /** What is to be read of the table, in this order; further columns may follow. */
    public RowType tableColumns() {
        return tableColumns;
    }

    /**
     * The columns of the dataset, then those that follow the table's in {@code batch}; valid as
     * long as {@code batch} is, and until the next call.
     */
    public VectorizedColumnBatch align(VectorizedColumnBatch batch, int rows) {
        if (isNone) {
            return batch;
        }
        int further = batch.columns.length - tableColumns.getFieldCount();
        ColumnVector[] vectors = new ColumnVector[columns.size() + further];
        for (int i = 0; i < columns.size(); i++) {
            vectors[i] = columns.get(i).of(batch.columns, rows);
        }
        System.arraycopy(
                batch.columns, tableColumns.getFieldCount(), vectors, columns.size(), further);
        VectorizedColumnBatch aligned = new VectorizedColumnBatch(vectors);
        aligned.setNumRows(batch.getNumRows());
        return aligned;
    }

    private Column column(RowType.RowField field, ScanAlignment alignment) {
        AlignedColumn column = alignment.columns().get(field.getName());
        if (column == null) {
            int index = tableColumns.getFieldIndex(field.getName());
            return (read, rows) -> read[index];
        }
        LogicalType type = column.type();
        if (column.origin() instanceof Absent absent) {
            FilledVector constant = FilledVector.with(type, absent.value());
            return (read, rows) -> constant;
        }
        Column cast = cast((InTable) column.origin(), type);
        if (column.defaultValue() instanceof ForNull instead) {
            FilledVector filled = FilledVector.with(type, instead.value());
            return (read, rows) -> filled.over(cast.of(read, rows));
        }
        return cast;
    }

    private Column cast(InTable origin, LogicalType type) {
        int index = tableColumns.getFieldIndex(origin.name());
        if (ColumnCasts.isSame(origin.type(), type)) {
            return (read, rows) -> read[index];
        }
        CastVector vector = new CastVector(origin.type(), type);
        return (read, rows) -> vector.of(read[index], rows);
    }
}
