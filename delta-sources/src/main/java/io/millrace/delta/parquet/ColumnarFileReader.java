package io.millrace.delta.parquet;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.millrace.delta.parquet.vector.ConstantVector;
import io.millrace.delta.scan.Predicate;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableMetadata;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.types.logical.RowType;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import shaded.parquet.org.apache.thrift.TException;

/**
 * The rows of one data file or change file of a table, in the order of the file, as vectors of the
 * table's logical columns.
 *
 * <p>Columns and fields that the file lacks are null; partition columns have the file's partition
 * values, whether or not the file holds them too. Stored types are read as the wanted ones if they
 * are the same or were widened to them. Reading blocks; not thread-safe.
 */
@Internal
public final class ColumnarFileReader implements Closeable {

    /** Column of change files that says what happened to the row. */
    public static final String CHANGE_TYPE = "_change_type";

    private static final int BATCH_ROWS = 2048;

    private final FileContext file;
    private final RowGroups rowGroups;
    private final ReadRange range;
    private final List<LeafReader> leaves;
    private final Supplier<VectorSet> newSet;
    private final ArrayDeque<VectorSet> kept = new ArrayDeque<>();
    private final int mayKeep;

    private VectorSet vectors;
    private RowRuns rows = RowRuns.none();
    private long rowGroupOffset;
    private int rowGroupsRead;

    private ColumnarFileReader(
            FileContext file,
            RowGroups rowGroups,
            ReadRange range,
            List<LeafReader> leaves,
            VectorSet vectors,
            Supplier<VectorSet> newSet,
            int mayKeep) {
        this.file = file;
        this.rowGroups = rowGroups;
        this.range = range;
        this.leaves = leaves;
        this.vectors = vectors;
        this.newSet = newSet;
        this.mayKeep = mayKeep;
    }

    /**
     * Opens {@code file} for reading {@code columns} of the rows in {@code range}.
     *
     * @param metadata of the table at the version whose columns the rows are to have
     * @param columns logical names of top-level columns, or {@link #CHANGE_TYPE} in change files,
     *     and the types wanted, which are the table's; nested rows may have fewer fields
     * @throws RefusedException if the file is no Parquet file or does not fit the table
     * @throws IllegalArgumentException if the table has no such column
     */
    public static ColumnarFileReader open(
            DeltaTable table,
            TableMetadata metadata,
            FileToRead file,
            RowType columns,
            ReadRange range)
            throws IOException {
        return open(table, metadata, file, columns, range, 0);
    }

    /**
     * The same for somebody who reads ahead.
     *
     * @param mayKeep how many batches {@link #keep} may keep at a time
     */
    public static ColumnarFileReader open(
            DeltaTable table,
            TableMetadata metadata,
            FileToRead file,
            RowType columns,
            ReadRange range,
            int mayKeep)
            throws IOException {
        requireNonNull(range, "range is null");
        FileContext context = new FileContext(table.location(), file.path());
        RowGroups rowGroups =
                reading(context, () -> RowGroups.open(table.dataFile(file.path(), file.size())));
        try {
            PhysicalColumns names = new PhysicalColumns(metadata);
            NodeBuilder builder = new NodeBuilder(context, names, rowGroups.schema());
            List<Node> nodes = nodes(table, metadata, file, names, builder, columns);
            List<LeafReader> leaves = builder.leaves();
            List<ColumnDescriptor> needed = leaves.stream().map(LeafReader::column).toList();
            reading(
                    context,
                    () -> {
                        rowGroups.select(range, needed, filter(range.filter(), columns, nodes));
                        return rowGroups;
                    });
            Supplier<VectorSet> newSet =
                    () -> {
                        NodeBuilder again = builder.again();
                        return VectorSet.of(
                                nodes(table, metadata, file, names, again, columns), again);
                    };
            return new ColumnarFileReader(
                    context,
                    rowGroups,
                    range,
                    leaves,
                    VectorSet.of(nodes, builder),
                    newSet,
                    mayKeep);
        } catch (IOException | RuntimeException e) {
            rowGroups.close();
            throw e;
        }
    }

    private static List<Node> nodes(
            DeltaTable table,
            TableMetadata metadata,
            FileToRead file,
            PhysicalColumns names,
            NodeBuilder builder,
            RowType columns) {
        List<Node> nodes = new ArrayList<>();
        for (RowType.RowField column : columns.getFields()) {
            nodes.add(node(table, metadata, file, names, builder, column));
        }
        return nodes;
    }

    private static FilterCompat.Filter filter(Predicate filter, RowType columns, List<Node> nodes) {
        return ParquetPredicates.of(filter, path -> leaf(path.names(), columns, nodes))
                .map(FilterCompat::get)
                .orElse(FilterCompat.NOOP);
    }

    /** The leaf that is read for a column or a field of structs. */
    private static Optional<ColumnDescriptor> leaf(
            List<String> path, RowType type, List<Node> nodes) {
        int index = type.getFieldIndex(path.get(0));
        if (index < 0) {
            return Optional.empty();
        }
        Node node = nodes.get(index);
        if (path.size() == 1) {
            return node instanceof Node.Leaf leaf
                    ? Optional.of(leaf.reader().column())
                    : Optional.empty();
        }
        return node instanceof Node.Struct struct && type.getTypeAt(index) instanceof RowType row
                ? leaf(path.subList(1, path.size()), row, struct.fields())
                : Optional.empty();
    }

    private static Node node(
            DeltaTable table,
            TableMetadata metadata,
            FileToRead file,
            PhysicalColumns names,
            NodeBuilder builder,
            RowType.RowField wanted) {
        StructField column = column(table, metadata, wanted.getName());
        if (metadata.partitionColumns().contains(column.getName())) {
            String value = file.partitionValues().get(names.nameOf(column));
            return new Node.Constant(
                    ConstantVector.of(
                            Optional.ofNullable(
                                    PartitionValues.parse(column.getDataType(), value))));
        }
        return builder.column(column, metadata.schema(), wanted.getType());
    }

    /** A column of the table, or {@link #CHANGE_TYPE}. */
    static StructField column(DeltaTable table, TableMetadata metadata, String name) {
        StructType schema = metadata.schema();
        int index = schema.indexOf(name);
        if (index >= 0) {
            return schema.at(index);
        }
        if (name.equals(CHANGE_TYPE)) {
            return new StructField(CHANGE_TYPE, StringType.STRING, true);
        }
        throw new IllegalArgumentException(
                table.location()
                        + ": cannot read column "
                        + name
                        + ": the table has "
                        + schema.fieldNames());
    }

    /** The next rows, or empty at the end. Vectors are filled again by the next call. */
    public Optional<ColumnBatch> next() throws IOException {
        return reading(file, this::read);
    }

    /**
     * Leaves the batch read last as it is, until as many more have been kept as may be at a time.
     */
    public void keep() {
        if (mayKeep == 0) {
            throw new IllegalStateException("opened without batches to keep");
        }
        kept.addLast(vectors);
        vectors = kept.size() > mayKeep ? kept.removeFirst() : newSet.get();
        vectors.fillBy(leaves);
    }

    private Optional<ColumnBatch> read() throws IOException {
        while (rows.isEmpty()) {
            Optional<PageReadStore> rowGroup = rowGroups.next();
            if (rowGroup.isEmpty()) {
                return Optional.empty();
            }
            open(rowGroup.get());
        }
        long first = rows.next();
        int count = (int) Math.min(BATCH_ROWS, rows.length());
        for (LeafReader leaf : leaves) {
            read(leaf, first, count);
        }
        VectorizedColumnBatch batch = vectors.assembled(count);
        rows.passed(count);
        return Optional.of(new ColumnBatch(batch, count, rowGroupOffset + first));
    }

    private void open(PageReadStore rowGroup) {
        rowGroupOffset = rowGroup.getRowIndexOffset().orElse(0L);
        rows = RowRuns.of(rowGroup, range.firstPosition() - rowGroupOffset);
        rowGroupsRead++;
        for (LeafReader leaf : leaves) {
            leaf.open(rowGroup);
        }
    }

    private void read(LeafReader leaf, long first, int count) {
        try {
            leaf.read(first, count);
        } catch (RuntimeException e) {
            String column = String.join(".", leaf.column().getPath());
            throw file.damaged("column " + column + " of ", e);
        }
    }

    /** How many row groups were read so far. */
    public int rowGroupsRead() {
        return rowGroupsRead;
    }

    /** How many row groups of the range are not read, for the filter. */
    public int rowGroupsSkipped() {
        return rowGroups.inRange() - rowGroups.selected().size();
    }

    /** Bytes of the columns in the row groups selected, as they stand in the file. */
    public long bytesSelected() {
        long bytes = 0;
        for (BlockMetaData block : rowGroups.selected()) {
            for (ColumnChunkMetaData chunk : block.getColumns()) {
                if (isNeeded(chunk)) {
                    bytes += chunk.getTotalSize();
                }
            }
        }
        return bytes;
    }

    private boolean isNeeded(ColumnChunkMetaData chunk) {
        String[] path = chunk.getPath().toArray();
        return leaves.stream().anyMatch(l -> Arrays.equals(l.column().getPath(), path));
    }

    @Override
    public void close() throws IOException {
        rowGroups.close();
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    /** What parquet-mr throws about a file's content becomes a refusal, the rest stays. */
    private static <T> T reading(FileContext file, Reading<T> action) throws IOException {
        try {
            return action.read();
        } catch (RefusedException | FileNotFoundException e) {
            throw e;
        } catch (RuntimeException | EOFException e) {
            throw file.damaged("", e);
        } catch (IOException e) {
            // parquet-mr's headers that cannot be read; other failures may pass.
            if (e.getCause() instanceof TException) {
                throw file.damaged("", e);
            }
            throw e;
        }
    }
}
