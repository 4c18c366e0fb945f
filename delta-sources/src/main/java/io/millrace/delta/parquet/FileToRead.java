package io.millrace.delta.parquet;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.table.DataFile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.annotation.Internal;

/**
 * A Parquet file that a table's log names.
 *
 * @param path as it stands in the log
 * @param size in bytes; {@link #UNKNOWN_SIZE} where the log does not say
 * @param partitionValues serialized values by physical name of the partition column; null is null
 */
@Internal
public record FileToRead(String path, long size, Map<String, String> partitionValues) {

    public static final long UNKNOWN_SIZE = -1;

    public FileToRead {
        requireNonNull(path, "path is null");
        partitionValues = Collections.unmodifiableMap(new LinkedHashMap<>(partitionValues));
    }

    public static FileToRead of(DataFile file) {
        return new FileToRead(file.path(), file.size(), file.partitionValues());
    }

    public static FileToRead of(ChangeFile file) {
        return new FileToRead(file.path(), file.size(), file.partitionValues());
    }
}
