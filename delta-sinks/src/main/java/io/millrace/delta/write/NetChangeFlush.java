package io.millrace.delta.write;

import io.millrace.delta.commit.ChangeCounts;
import io.millrace.delta.commit.StagedFile;
import io.millrace.delta.commit.WriteResult;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.table.RowPositions;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;

/** One flush: writes net changes into files and moves the index along. */
final class NetChangeFlush implements Closeable {

    private final TargetIndex target;
    private final boolean writesChanges;
    private final ParquetRowWriter data;
    private final ParquetRowWriter changes;
    private final Map<Integer, RowPositions> deleted = new TreeMap<>();
    private ChangeCounts counts = ChangeCounts.NONE;
    private String path = "";
    private int file;

    NetChangeFlush(
            TargetIndex target, FileLayout layout, FileNaming naming, boolean writesChanges) {
        this.target = target;
        this.writesChanges = writesChanges;
        this.data = ParquetRowWriter.dataFiles(layout, naming);
        this.changes = ParquetRowWriter.changeFiles(layout, naming);
    }

    /** Writes what is left of every key. */
    void write(NetChangeBuffer buffer) throws IOException {
        KeyIndex keys = target.keys();
        counts = NetKinds.of(buffer, keys).counts();
        BinaryRowData before = buffer.newRow();
        BinaryRowData after = buffer.newRow();
        for (int key = 0; key < buffer.keys(); key++) {
            long high = buffer.high(key);
            long low = buffer.low(key);
            long place = keys.get(high, low);
            Optional<RowData> comes = buffer.postImage(key, after);
            Optional<RowData> goes =
                    place == KeyIndex.ABSENT ? Optional.empty() : buffer.preImage(key, before);
            if (comes.isPresent()) {
                keys.put(high, low, insert(comes.get()));
            } else if (goes.isPresent()) {
                keys.remove(high, low);
            }
            if (goes.isPresent()) {
                deleted.computeIfAbsent(KeyIndex.file(place), f -> new RowPositions())
                        .add(KeyIndex.position(place));
            }
            if (writesChanges) {
                writeChange(goes, comes);
            }
        }
    }

    private long insert(RowData row) throws IOException {
        long position = data.write(row);
        if (!data.path().equals(path)) {
            path = data.path();
            file = target.files().add(new FileToRead(path, FileToRead.UNKNOWN_SIZE, Map.of()));
        }
        return KeyIndex.place(file, position);
    }

    private void writeChange(Optional<RowData> goes, Optional<RowData> comes) throws IOException {
        boolean update = goes.isPresent() && comes.isPresent();
        if (goes.isPresent()) {
            changes.write(goes.get(), update ? ChangeType.UPDATE_PREIMAGE : ChangeType.DELETE);
        }
        if (comes.isPresent()) {
            changes.write(comes.get(), update ? ChangeType.UPDATE_POSTIMAGE : ChangeType.INSERT);
        }
    }

    /** Closes the files. */
    WriteResult finish(long checkpointId, int subtask) throws IOException {
        long now = System.currentTimeMillis();
        List<StagedFile> files = data.finish().stream().map(f -> f.toStagedFile(now)).toList();
        files.forEach(staged -> target.files().add(FileToRead.of(staged.file())));
        List<ChangeFile> changeFiles =
                changes.finish().stream().map(WrittenFile::toChangeFile).toList();
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
        changes.close();
    }
}
