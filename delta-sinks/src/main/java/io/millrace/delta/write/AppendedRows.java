package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.ChangeCounts;
import io.millrace.delta.commit.StagedFile;
import io.millrace.delta.commit.WriteResult;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableMetadata;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/**
 * Rows of a table without a key: each goes straight into a file, or waits to be sorted with as many
 * others as fit into memory.
 */
@Internal
public final class AppendedRows implements RowChanges {

    private final DeltaTable table;
    private final WriteSpec spec;
    private final FileNaming naming;
    private final long memory;
    private Optional<ParquetRowWriter> writer = Optional.empty();
    private Optional<SortedRows> sorted = Optional.empty();
    private long rows;

    /**
     * @param memory for rows that are to be sorted, in bytes
     */
    public AppendedRows(DeltaTable table, WriteSpec spec, FileNaming naming, long memory) {
        this.table = requireNonNull(table, "table is null");
        this.spec = requireNonNull(spec, "spec is null");
        this.naming = requireNonNull(naming, "naming is null");
        this.memory = memory;
    }

    @Override
    public void add(RowData change) throws IOException {
        if (change.getRowKind() != RowKind.INSERT) {
            throw new IllegalStateException(
                    "%s: cannot write a change of kind %s: rows are only appended to it. Declare a primary key."
                            .formatted(table.location(), change.getRowKind()));
        }
        if (writer.isEmpty()) {
            open(layout());
        }
        rows++;
        if (sorted.isEmpty()) {
            writer.get().write(change);
            return;
        }
        sorted.get().add(change);
        if (sorted.get().isFull()) {
            sorted.get().drain(writer.get()::write);
        }
    }

    private void open(FileLayout layout) {
        writer = Optional.of(ParquetRowWriter.dataFiles(layout, naming));
        RowOrder order = layout.order();
        if (!order.isNone()) {
            sorted = Optional.of(new SortedRows(layout.rowType(), order, memory));
        }
    }

    private FileLayout layout() {
        TableMetadata metadata =
                table.exists()
                        ? table.snapshot().metadata()
                        : new TableMetadata(
                                "",
                                spec.definition().schema(),
                                spec.partitionColumns(),
                                spec.properties());
        return FileLayout.of(table, metadata, spec.rowType(), List.of()).writtenBy(spec);
    }

    @Override
    public boolean isEmpty() {
        return rows == 0;
    }

    @Override
    public void follow() {}

    @Override
    public WriteResult flush(long checkpointId, int subtask) throws IOException {
        List<StagedFile> files = List.of();
        if (writer.isPresent()) {
            if (sorted.isPresent()) {
                sorted.get().drain(writer.get()::write);
            }
            long now = System.currentTimeMillis();
            files = writer.get().finish().stream().map(f -> f.toStagedFile(now)).toList();
        }
        ChangeCounts counts = new ChangeCounts(rows, 0, 0);
        reset();
        return new WriteResult(checkpointId, subtask, -1, files, List.of(), Map.of(), counts);
    }

    @Override
    public void discard() throws IOException {
        if (writer.isPresent()) {
            writer.get().close();
        }
        reset();
    }

    private void reset() {
        writer = Optional.empty();
        sorted = Optional.empty();
        rows = 0;
    }
}
