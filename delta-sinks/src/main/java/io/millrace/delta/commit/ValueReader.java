package io.millrace.delta.commit;

import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import java.io.DataInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads what {@link ValueWriter} wrote. */
final class ValueReader {

    private final DataInput in;

    ValueReader(DataInput in) {
        this.in = in;
    }

    /** A reader of the given layout; fails on one that this version does not know. */
    static ValueReader of(int version, DataInput in) throws IOException {
        if (version != ValueWriter.VERSION) {
            throw new IOException(
                    "state of the sink has layout %d, this version reads %d. Start from a checkpoint of this version, or with --rebuild."
                            .formatted(version, ValueWriter.VERSION));
        }
        return new ValueReader(in);
    }

    WriteResult writeResult() throws IOException {
        return new WriteResult(
                in.readLong(),
                in.readInt(),
                in.readLong(),
                files(),
                changeFiles(),
                deletions(),
                counts());
    }

    Committable committable() throws IOException {
        return new Committable(
                in.readLong(),
                string(),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readBoolean(),
                files(),
                changeFiles(),
                deletions(),
                counts(),
                sourceVersions());
    }

    private Map<String, Long> sourceVersions() throws IOException {
        int size = in.readInt();
        Map<String, Long> versions = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String source = string();
            versions.put(source, in.readLong());
        }
        return versions;
    }

    private List<StagedFile> files() throws IOException {
        int size = in.readInt();
        List<StagedFile> files = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            long rows = in.readLong();
            files.add(new StagedFile(file(), rows));
        }
        return files;
    }

    private DataFile file() throws IOException {
        return new DataFile(
                string(),
                strings(),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readBoolean() ? Optional.of(deletionVector()) : Optional.empty(),
                Optional.ofNullable(nullable()),
                strings());
    }

    private DeletionVector deletionVector() throws IOException {
        return new DeletionVector(
                string(),
                string(),
                in.readBoolean() ? OptionalInt.of(in.readInt()) : OptionalInt.empty(),
                in.readInt(),
                in.readLong());
    }

    private List<ChangeFile> changeFiles() throws IOException {
        int size = in.readInt();
        List<ChangeFile> files = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            files.add(new ChangeFile(string(), strings(), in.readLong()));
        }
        return files;
    }

    private Map<String, byte[]> deletions() throws IOException {
        int size = in.readInt();
        Map<String, byte[]> deletions = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String path = string();
            deletions.put(path, bytes());
        }
        return deletions;
    }

    private ChangeCounts counts() throws IOException {
        return new ChangeCounts(in.readLong(), in.readLong(), in.readLong());
    }

    private Map<String, String> strings() throws IOException {
        int size = in.readInt();
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String key = string();
            map.put(key, nullable());
        }
        return map;
    }

    private String nullable() throws IOException {
        return in.readBoolean() ? string() : null;
    }

    private String string() throws IOException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    private byte[] bytes() throws IOException {
        byte[] value = new byte[in.readInt()];
        in.readFully(value);
        return value;
    }
}
