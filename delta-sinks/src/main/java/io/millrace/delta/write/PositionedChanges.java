package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.ChangeCounts;
import io.millrace.delta.commit.StagedFile;
import io.millrace.delta.commit.WriteResult;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RowPositions;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;
import org.apache.flink.types.RowKind;

/**
 * Rows that a statement has found in files of a table: each is deleted where it stands, and written
 * anew where it is updated.
 *
 * <p>The rows end with the path of the file, as it stands in the log, and the position in it. Rows
 * that are updated have the columns of the spec before them.
 */
@Internal
public final class PositionedChanges implements RowChanges {

    private final DeltaTable table;
    private final WriteSpec spec;
    private final FileNaming naming;
    private final long readVersion;
    private final ProjectedRowData columns;
    private final Map<String, RowPositions> deleted = new HashMap<>();
    private Optional<ParquetRowWriter> writer = Optional.empty();
    private long updates;
    private long deletes;

    /**
     * @param readVersion version of the table that the positions are of
     */
    public PositionedChanges(
            DeltaTable table, WriteSpec spec, FileNaming naming, long readVersion) {
        this.table = requireNonNull(table, "table is null");
        this.spec = requireNonNull(spec, "spec is null");
        this.naming = requireNonNull(naming, "naming is null");
        this.readVersion = readVersion;
        int[] positions = new int[spec.rowType().getFieldCount()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i;
        }
        this.columns = ProjectedRowData.from(positions);
    }

    @Override
    public void add(RowData change) throws IOException {
        int end = change.getArity();
        String path = change.getString(end - 2).toString();
        deleted.computeIfAbsent(path, p -> new RowPositions()).add(change.getLong(end - 1));
        if (change.getRowKind() == RowKind.DELETE) {
            deletes++;
            return;
        }
        updates++;
        if (writer.isEmpty()) {
            FileLayout layout =
                    FileLayout.of(
                            table,
                            table.snapshot(readVersion).metadata(),
                            spec.rowType(),
                            spec.keyColumns());
            writer = Optional.of(ParquetRowWriter.dataFiles(layout, naming));
        }
        writer.get().write(columns.replaceRow(change));
    }

    @Override
    public boolean isEmpty() {
        return deleted.isEmpty();
    }

    @Override
    public void follow() {}

    @Override
    public WriteResult flush(long checkpointId, int subtask) throws IOException {
        List<StagedFile> files = List.of();
        if (writer.isPresent()) {
            long now = System.currentTimeMillis();
            files = writer.get().finish().stream().map(f -> f.toStagedFile(now)).toList();
        }
        Map<String, byte[]> deletions = new TreeMap<>();
        deleted.forEach((path, positions) -> deletions.put(path, positions.toBytes()));
        ChangeCounts counts = new ChangeCounts(0, updates, deletes);
        reset();
        return new WriteResult(
                checkpointId, subtask, readVersion, files, List.of(), deletions, counts);
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
        deleted.clear();
        updates = 0;
        deletes = 0;
    }
}
