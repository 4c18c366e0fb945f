package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.StagedFile;
import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.table.DataFile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/**
 * A file that was written and closed.
 *
 * @param path as it will stand in the log: URL-encoded, relative to the table
 * @param partitionValues physical column name to serialized value
 * @param size in bytes
 * @param rows in the file
 * @param stats JSON of the {@code add} action
 */
@Internal
public record WrittenFile(
        String path, Map<String, String> partitionValues, long size, long rows, String stats) {

    public WrittenFile {
        requireNonNull(path, "path is null");
        requireNonNull(stats, "stats is null");
        partitionValues = Collections.unmodifiableMap(new LinkedHashMap<>(partitionValues));
    }

    public StagedFile toStagedFile(long modificationTime) {
        return new StagedFile(
                new DataFile(
                        path,
                        partitionValues,
                        size,
                        modificationTime,
                        true,
                        Optional.empty(),
                        Optional.of(stats),
                        Map.of()),
                rows);
    }

    public ChangeFile toChangeFile() {
        return new ChangeFile(path, partitionValues, size);
    }
}
