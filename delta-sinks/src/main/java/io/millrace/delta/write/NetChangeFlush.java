package io.millrace.delta.write;

import io.millrace.delta.commit.ChangeCounts;
import io.millrace.delta.commit.StagedFile;
import io.millrace.delta.commit.WriteResult;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.table.RowPositions;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;

/**
 * One flush: writes net changes into files and moves the index along.
 *
 * <p>Where changes are written, data files say of each row whether it is an insert or a post-image,
 * and serve as change files, too; only rows that go need change files of their own.
 */
final class NetChangeFlush implements Closeable {

    private final TargetIndex target;
    private final boolean movesIndex;
    private final RowOrder order;
    private final ParquetRowWriter data;
    private final ParquetRowWriter typedData;
    private final ParquetRowWriter changes;
    private final Map<Integer, RowPositions> deleted = new TreeMap<>();
    private ChangeCounts counts = ChangeCounts.NONE;
    private String path = "";
    private int file;

    /**
     * @param movesIndex whether the index is to know where rows stand afterwards
     */
    NetChangeFlush(TargetIndex target, FileLayout layout, FileNaming naming, boolean movesIndex) {
        this.target = target;
        this.movesIndex = movesIndex;
        this.order = layout.order();
        this.data = ParquetRowWriter.dataFiles(layout, naming);
        this.typedData = ParquetRowWriter.dataFilesWithChangeType(layout, naming);
        this.changes = ParquetRowWriter.changeFiles(layout, naming);
    }

    /**
     * Writes what is left of every key.
     *
     * @param places where the row of each key stands now
     * @param writesChanges whether what happened to the rows is written, too
     */
    void write(NetChangeBuffer buffer, long[] places, NetKinds kinds, boolean writesChanges)
            throws IOException {
        KeyPlaces keys = target.keys();
        counts = counts.plus(kinds.counts());
        BinaryRowData before = buffer.newRow();
        BinaryRowData after = buffer.newRow();
        for (int key : keys(buffer, before, after)) {
            long high = buffer.high(key);
            long low = buffer.low(key);
            long place = places[key];
            Optional<RowData> comes = buffer.postImage(key, after);
            Optional<RowData> goes =
                    place == KeyIndex.ABSENT ? Optional.empty() : buffer.preImage(key, before);
            if (comes.isPresent()) {
                ChangeType type =
                        goes.isPresent() ? ChangeType.UPDATE_POSTIMAGE : ChangeType.INSERT;
                long newPlace = insert(comes.get(), type, writesChanges);
                if (movesIndex) {
                    keys.set(high, low, place, newPlace);
                }
            } else if (goes.isPresent() && movesIndex) {
                keys.forget(high, low, place);
            }
            if (goes.isPresent()) {
                deleted.computeIfAbsent(KeyIndex.file(place), f -> new RowPositions())
                        .add(KeyIndex.position(place));
            }
            if (writesChanges && goes.isPresent()) {
                changes.write(
                        goes.get(),
                        comes.isPresent() ? ChangeType.UPDATE_PREIMAGE : ChangeType.DELETE);
            }
        }
    }

    /** The keys in the order of the rows that come; keys without one are last. */
    private int[] keys(NetChangeBuffer buffer, BinaryRowData left, BinaryRowData right) {
        int[] sorted = new int[buffer.keys()];
        Arrays.setAll(sorted, key -> key);
        if (!order.isNone()) {
            Comparator<Optional<RowData>> rows = Comparator.comparing(Optional::isEmpty);
            Comparator<Optional<RowData>> all =
                    rows.thenComparing((a, b) -> a.isEmpty() ? 0 : order.compare(a.get(), b.get()));
            IntArrays.mergeSort(
                    sorted,
                    (a, b) -> all.compare(buffer.postImage(a, left), buffer.postImage(b, right)));
        }
        return sorted;
    }

    private long insert(RowData row, ChangeType type, boolean typed) throws IOException {
        ParquetRowWriter out = typed ? typedData : data;
        long position = typed ? out.write(row, type) : out.write(row);
        if (!out.path().equals(path)) {
            path = out.path();
            file = target.files().add(new FileToRead(path, FileToRead.UNKNOWN_SIZE, Map.of()));
        }
        return KeyIndex.place(file, position);
    }

    /** Closes the files. */
    WriteResult finish(long checkpointId, int subtask) throws IOException {
        long now = System.currentTimeMillis();
        List<WrittenFile> typed = typedData.finish();
        List<StagedFile> files =
                Stream.concat(data.finish().stream(), typed.stream())
                        .map(f -> f.toStagedFile(now))
                        .toList();
        files.forEach(staged -> target.files().add(FileToRead.of(staged.file())));
        List<ChangeFile> changeFiles =
                Stream.concat(changes.finish().stream(), typed.stream())
                        .map(WrittenFile::toChangeFile)
                        .toList();
        Map<String, byte[]> deletions = new TreeMap<>();
        deleted.forEach(
                (number, positions) ->
                        deletions.put(target.files().get(number).path(), positions.toBytes()));
        return new WriteResult(
                checkpointId, subtask, target.version(), files, changeFiles, deletions, counts);
    }

    @Override
    public void close() throws IOException {
        data.close();
        typedData.close();
        changes.close();
    }
}
