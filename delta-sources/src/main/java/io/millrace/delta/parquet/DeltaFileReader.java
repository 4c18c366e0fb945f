package io.millrace.delta.parquet;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.types.MetadataColumnSpec;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.table.TableMetadata;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.GenericRowData;

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
    public static final String CHANGE_TYPE = "_change_type";

    private static final StructField POSITION =
            StructField.createMetadataColumn("_millrace.row_index", MetadataColumnSpec.ROW_INDEX);

    private final RowSelection selection;
    private final Object[] constants;
    private final VectorReader[] readers;
    private final CloseableIterator<FileReadResult> batches;

    private ColumnVector[] vectors = {};
    private ColumnVector positions;
    private int batchSize;
    private int nextInBatch;
    private long position;

    private DeltaFileReader(
            RowSelection selection,
            Object[] constants,
            VectorReader[] readers,
            CloseableIterator<FileReadResult> batches) {
        this.selection = selection;
        this.constants = constants;
        this.readers = readers;
        this.batches = batches;
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
        PhysicalColumns physical = new PhysicalColumns(metadata);
        Object[] constants = new Object[columns.size()];
        VectorReader[] readers = new VectorReader[columns.size()];
        List<StructField> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            StructField column = column(table, metadata, columns.get(i));
            if (metadata.partitionColumns().contains(column.getName())) {
                String value = file.partitionValues().get(physical.nameOf(column));
                constants[i] = PartitionValues.parse(column.getDataType(), value);
            } else {
                readers[i] = VectorReader.of(column.getDataType());
                fields.add(physical.physical(column));
            }
        }
        fields.add(POSITION);
        Engine engine = table.engine();
        String path = table.resolve(file.path());
        long size =
                file.size() > 0
                        ? file.size()
                        : engine.getFileSystemClient().getFileStatus(path).getSize();
        return new DeltaFileReader(
                selection,
                constants,
                readers,
                engine.getParquetHandler()
                        .readParquetFiles(
                                new OneFile(FileStatus.of(path, size, 0)),
                                new StructType(fields),
                                Optional.empty()));
    }

    private static StructField column(DeltaTable table, TableMetadata metadata, String name) {
        int index = metadata.schema().indexOf(name);
        if (index >= 0) {
            return metadata.schema().at(index);
        }
        if (name.equals(CHANGE_TYPE)) {
            return new StructField(CHANGE_TYPE, StringType.STRING, true);
        }
        throw new IllegalArgumentException(
                table.location()
                        + ": cannot read column "
                        + name
                        + ": the table has "
                        + metadata.schema().fieldNames());
    }

    @Override
    public boolean hasNext() {
        while (true) {
            while (nextInBatch < batchSize) {
                position = positions.getLong(nextInBatch);
                if (selection.selects(position)) {
                    return true;
                }
                nextInBatch++;
            }
            if (!batches.hasNext()) {
                return false;
            }
            use(batches.next().getData());
        }
    }

    private void use(ColumnarBatch batch) {
        vectors = new ColumnVector[readers.length];
        int ordinal = 0;
        for (int i = 0; i < readers.length; i++) {
            if (readers[i] != null) {
                vectors[i] = batch.getColumnVector(ordinal++);
            }
        }
        positions = batch.getColumnVector(ordinal);
        batchSize = batch.getSize();
        nextInBatch = 0;
    }

    @Override
    public PositionedRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        GenericRowData row = new GenericRowData(readers.length);
        for (int i = 0; i < readers.length; i++) {
            row.setField(
                    i,
                    readers[i] == null ? constants[i] : readers[i].read(vectors[i], nextInBatch));
        }
        nextInBatch++;
        return new PositionedRow(row, position);
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

    private static final class OneFile implements CloseableIterator<FileStatus> {

        private Optional<FileStatus> file;

        OneFile(FileStatus file) {
            this.file = Optional.of(file);
        }

        @Override
        public boolean hasNext() {
            return file.isPresent();
        }

        @Override
        public FileStatus next() {
            FileStatus next = file.orElseThrow();
            file = Optional.empty();
            return next;
        }

        @Override
        public void close() {}
    }
}
