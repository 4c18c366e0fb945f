package io.millrace.delta.commit;

import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.write.ChangeType;
import io.millrace.delta.write.ParquetRowWriter;
import io.millrace.delta.write.WrittenFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one writer does, kept as simple as can be: an index of places, one file for each flush. */
final class ModelWriter {

    private final TestTarget target;
    private final int subtask;
    private final Map<Long, TestTarget.Place> places = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private long indexVersion = -1;

    ModelWriter(TestTarget target, int subtask) {
        this.target = target;
        this.subtask = subtask;
    }

    boolean owns(long id, int writers) {
        return id % writers == subtask;
    }

    /** Reads the index from the table's newest version. */
    void load(int writers) throws IOException {
        places.clear();
        names.clear();
        if (!target.table.exists()) {
            return;
        }
        indexVersion = target.table.snapshot().version();
        target.places().forEach((id, place) -> putIf(owns(id, writers), id, place));
        target.rows()
                .forEach(
                        (id, name) -> {
                            if (owns(id, writers)) {
                                names.put(id, name);
                            }
                        });
    }

    private void putIf(boolean own, long id, TestTarget.Place place) {
        if (own) {
            places.put(id, place);
        }
    }

    /** The index has seen this version, which changed nothing in it. */
    void follow() {
        indexVersion = target.table.exists() ? target.table.snapshot().version() : -1;
    }

    /** Stages net changes: id to the new name, empty to delete. */
    WriteResult flush(long checkpointId, Map<Long, Optional<String>> changes) throws IOException {
        Map<String, RowPositions> deleted = new LinkedHashMap<>();
        List<StagedFile> files = new ArrayList<>();
        List<ChangeFile> changeFiles = new ArrayList<>();
        long inserted = 0;
        long updated = 0;
        long removed = 0;
        try (ParquetRowWriter data = target.dataWriter();
                ParquetRowWriter feed = target.changeWriter()) {
            for (Map.Entry<Long, Optional<String>> change : changes.entrySet()) {
                long id = change.getKey();
                TestTarget.Place old = places.remove(id);
                String oldName = names.remove(id);
                if (old != null) {
                    deleted.computeIfAbsent(old.path(), p -> new RowPositions())
                            .add(old.position());
                }
                if (change.getValue().isPresent()) {
                    String name = change.getValue().get();
                    long position = data.write(TestTarget.row(id, name));
                    places.put(id, new TestTarget.Place(data.path(), position));
                    names.put(id, name);
                    if (old == null) {
                        inserted++;
                        feed.write(TestTarget.row(id, name), ChangeType.INSERT);
                    } else {
                        updated++;
                        feed.write(TestTarget.row(id, oldName), ChangeType.UPDATE_PREIMAGE);
                        feed.write(TestTarget.row(id, name), ChangeType.UPDATE_POSTIMAGE);
                    }
                } else if (old != null) {
                    removed++;
                    feed.write(TestTarget.row(id, oldName), ChangeType.DELETE);
                }
            }
            data.finish().forEach(f -> files.add(f.toStagedFile(1)));
            feed.finish().stream().map(WrittenFile::toChangeFile).forEach(changeFiles::add);
        }
        Map<String, byte[]> deletions = new LinkedHashMap<>();
        deleted.forEach((path, positions) -> deletions.put(path, positions.toBytes()));
        return new WriteResult(
                checkpointId,
                subtask,
                indexVersion,
                files,
                changeFiles,
                deletions,
                new ChangeCounts(inserted, updated, removed));
    }
}
