package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * A {@code cdc} action: a file of change rows, with the column {@code _change_type}.
 *
 * @param path as it stands in the log
 * @param partitionValues physical partition column to serialized value; null for null
 * @param size in bytes
 */
public record ChangeFile(String path, Map<String, String> partitionValues, long size) {

    public ChangeFile {
        requireNonNull(path, "path is null");
        partitionValues = DataFile.copyWithNulls(partitionValues);
    }
}
