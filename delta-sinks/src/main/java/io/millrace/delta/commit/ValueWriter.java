package io.millrace.delta.commit;

import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes the values that are kept in checkpoints; {@link ValueReader} is the other half. */
final class ValueWriter {

    /** Layout that is written; raise it with every change and keep reading the older ones. */
    static final int VERSION = 1;

    private final DataOutput out;

    ValueWriter(DataOutput out) {
        this.out = out;
    }

    void write(WriteResult result) throws IOException {
        out.writeLong(result.checkpointId());
        out.writeInt(result.subtask());
        out.writeLong(result.indexVersion());
        files(result.files());
        changeFiles(result.changeFiles());
        deletions(result.deletions());
        counts(result.counts());
    }

    void write(Committable committable) throws IOException {
        out.writeLong(committable.counter());
        string(committable.token());
        out.writeLong(committable.throughCheckpoint());
        out.writeLong(committable.indexVersion());
        out.writeBoolean(committable.singleFlush());
        out.writeBoolean(committable.rebuild());
        files(committable.files());
        changeFiles(committable.changeFiles());
        deletions(committable.deletions());
        counts(committable.counts());
        out.writeInt(committable.sourceVersions().size());
        for (Map.Entry<String, Long> source : committable.sourceVersions().entrySet()) {
            string(source.getKey());
            out.writeLong(source.getValue());
        }
    }

    private void files(List<StagedFile> files) throws IOException {
        out.writeInt(files.size());
        for (StagedFile staged : files) {
            out.writeLong(staged.rows());
            file(staged.file());
        }
    }

    private void file(DataFile file) throws IOException {
        string(file.path());
        strings(file.partitionValues());
        out.writeLong(file.size());
        out.writeLong(file.modificationTime());
        out.writeBoolean(file.dataChange());
        out.writeBoolean(file.deletionVector().isPresent());
        if (file.deletionVector().isPresent()) {
            deletionVector(file.deletionVector().get());
        }
        nullable(file.stats().orElse(null));
        strings(file.tags());
    }

    private void deletionVector(DeletionVector vector) throws IOException {
        string(vector.storageType());
        string(vector.pathOrInlineDv());
        out.writeBoolean(vector.offset().isPresent());
        if (vector.offset().isPresent()) {
            out.writeInt(vector.offset().getAsInt());
        }
        out.writeInt(vector.sizeInBytes());
        out.writeLong(vector.cardinality());
    }

    private void changeFiles(List<ChangeFile> files) throws IOException {
        out.writeInt(files.size());
        for (ChangeFile file : files) {
            string(file.path());
            strings(file.partitionValues());
            out.writeLong(file.size());
        }
    }

    private void deletions(Map<String, byte[]> deletions) throws IOException {
        out.writeInt(deletions.size());
        for (Map.Entry<String, byte[]> deletion : deletions.entrySet()) {
            string(deletion.getKey());
            bytes(deletion.getValue());
        }
    }

    private void counts(ChangeCounts counts) throws IOException {
        out.writeLong(counts.inserted());
        out.writeLong(counts.updated());
        out.writeLong(counts.deleted());
    }

    private void strings(Map<String, String> map) throws IOException {
        out.writeInt(map.size());
        for (Map.Entry<String, String> entry : map.entrySet()) {
            string(entry.getKey());
            nullable(entry.getValue());
        }
    }

    private void nullable(String value) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            string(value);
        }
    }

    // DataOutput.writeUTF ends at 64 KiB, which statistics of wide tables exceed.
    private void string(String value) throws IOException {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }
}
