package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A {@code remove} action: one data file that is no longer part of a table.
 *
 * @param path as it stands in the log
 * @param partitionValues physical partition column to serialized value; writers may leave them out
 * @param size in bytes; writers may leave it out
 * @param deletionTimestamp epoch milliseconds
 * @param dataChange whether rows of the table change by it
 * @param deletionVector the rows that were already deleted
 */
public record RemovedFile(
        String path,
        Optional<Map<String, String>> partitionValues,
        OptionalLong size,
        long deletionTimestamp,
        boolean dataChange,
        Optional<DeletionVector> deletionVector) {

    public RemovedFile {
        requireNonNull(path, "path is null");
        requireNonNull(size, "size is null");
        requireNonNull(deletionVector, "deletionVector is null");
        partitionValues = partitionValues.map(DataFile::copyWithNulls);
    }
}
