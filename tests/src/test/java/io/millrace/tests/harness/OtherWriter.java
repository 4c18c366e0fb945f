package io.millrace.tests.harness;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.PositionedRow;
import io.millrace.delta.parquet.RowSelection;
import io.millrace.delta.table.CommitConflictException;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RemovedFile;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.types.DeltaTypes;
import io.millrace.delta.write.FileLayout;
import io.millrace.delta.write.FileNaming;
import io.millrace.delta.write.ParquetRowWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;

/**
 * Another writer on a table of {@link Accounts}: it adds and deletes rows with keys of its own, and
 * puts all rows, ours too, into one file.
 */
public final class OtherWriter {

    private static final long FIRST_KEY = 1_000_000;

    private final DeltaTable table;
    private final Random random;
    private long nextKey = FIRST_KEY;

    public OtherWriter(Path location, Random random) {
        this.table = DeltaTable.at(location.toString());
        this.random = requireNonNull(random, "random is null");
    }

    /** Whether a row, which begins with its key, is one of such a writer. */
    public static boolean isItsOwn(List<Object> row) {
        return row.get(0) instanceof Long key && key >= FIRST_KEY;
    }

    /** Commits once; tries until nobody was faster. */
    public void act() {
        int what = random.nextInt(3);
        while (true) {
            TableSnapshot base = table.snapshot();
            try {
                table.commit(
                        base,
                        switch (what) {
                            case 0 -> append(base);
                            case 1 -> delete(base);
                            default -> compact(base);
                        });
                return;
            } catch (CommitConflictException e) {
                // Somebody was; once more on what is there now.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private CommitContent append(TableSnapshot base) throws IOException {
        List<RowData> rows = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            rows.add(GenericRowData.of(nextKey++, StringData.fromString("Zz"), 1L));
        }
        return content(write(base, rows, true), List.of());
    }

    /** Deletes the rows that are its own in one file that has any, by a deletion vector. */
    private CommitContent delete(TableSnapshot base) throws IOException {
        for (DataFile file : files(base)) {
            RowPositions positions = new RowPositions();
            for (PositionedRow row : rows(base, file)) {
                if (row.row().getLong(0) >= FIRST_KEY) {
                    positions.add(row.position());
                }
            }
            if (!positions.isEmpty()) {
                positions.addAll(deleted(file).orElseGet(RowPositions::new));
                DataFile after =
                        dataChange(file, true)
                                .withDeletionVector(
                                        Optional.of(
                                                DeletionVectors.write(
                                                                table,
                                                                Map.of(file.path(), positions))
                                                        .get(file.path())));
                return content(List.of(after), List.of(removed(file, true)));
            }
        }
        return append(base);
    }

    private CommitContent compact(TableSnapshot base) throws IOException {
        List<RowData> rows = new ArrayList<>();
        List<RemovedFile> removes = new ArrayList<>();
        for (DataFile file : files(base)) {
            rows(base, file).forEach(row -> rows.add(row.row()));
            removes.add(removed(file, false));
        }
        return content(write(base, rows, false), removes);
    }

    private static CommitContent content(List<DataFile> adds, List<RemovedFile> removes) {
        return new CommitContent(
                CommitOperation.WRITE, Optional.empty(), adds, removes, List.of(), Map.of());
    }

    private List<DataFile> write(TableSnapshot base, List<RowData> rows, boolean dataChange)
            throws IOException {
        FileLayout layout =
                FileLayout.of(
                        table,
                        base.metadata(),
                        DeltaTypes.toRowType(base.metadata().schema()),
                        List.of());
        try (ParquetRowWriter out =
                ParquetRowWriter.dataFiles(layout, FileNaming.forSink("another writer"))) {
            for (RowData row : rows) {
                out.write(row);
            }
            return out.finish().stream()
                    .map(file -> dataChange(file.toStagedFile(1).file(), dataChange))
                    .toList();
        }
    }

    private static List<DataFile> files(TableSnapshot base) throws IOException {
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterator<DataFile> all = base.files()) {
            all.forEachRemaining(files::add);
        }
        return files;
    }

    private List<PositionedRow> rows(TableSnapshot base, DataFile file) throws IOException {
        List<PositionedRow> rows = new ArrayList<>();
        try (DeltaFileReader reader =
                DeltaFileReader.open(
                        table,
                        base.metadata(),
                        FileToRead.of(file),
                        base.metadata().schema().fieldNames(),
                        RowSelection.except(deleted(file)))) {
            reader.forEachRemaining(rows::add);
        }
        return rows;
    }

    private Optional<RowPositions> deleted(DataFile file) {
        return file.deletionVector().map(vector -> DeletionVectors.load(table, vector));
    }

    private static RemovedFile removed(DataFile file, boolean dataChange) {
        RemovedFile all = file.toRemoved(1);
        return new RemovedFile(
                all.path(),
                all.partitionValues(),
                all.size(),
                all.deletionTimestamp(),
                dataChange,
                all.deletionVector());
    }

    private static DataFile dataChange(DataFile file, boolean value) {
        return new DataFile(
                file.path(),
                file.partitionValues(),
                file.size(),
                file.modificationTime(),
                value,
                file.deletionVector(),
                file.stats(),
                file.tags());
    }
}
