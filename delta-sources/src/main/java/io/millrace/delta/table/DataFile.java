package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An {@code add} action: one data file of a table.
 *
 * @param path as it stands in the log: URL-encoded, relative to the table or absolute ({@link
 *     DeltaTable#resolve})
 * @param partitionValues physical partition column to serialized value; null for null
 * @param size in bytes
 * @param modificationTime epoch milliseconds
 * @param dataChange whether rows of the table change by it
 * @param deletionVector rows of the file that are not rows of the table
 * @param stats JSON, as the protocol defines it
 * @param tags as they stand in the log
 * @param rowIds empty in tables without row tracking, and for a file that is not committed yet
 */
public record DataFile(
        String path,
        Map<String, String> partitionValues,
        long size,
        long modificationTime,
        boolean dataChange,
        Optional<DeletionVector> deletionVector,
        Optional<String> stats,
        Map<String, String> tags,
        Optional<RowIds> rowIds) {

    /** A file without row ids. */
    public DataFile(
            String path,
            Map<String, String> partitionValues,
            long size,
            long modificationTime,
            boolean dataChange,
            Optional<DeletionVector> deletionVector,
            Optional<String> stats,
            Map<String, String> tags) {
        this(
                path,
                partitionValues,
                size,
                modificationTime,
                dataChange,
                deletionVector,
                stats,
                tags,
                Optional.empty());
    }

    public DataFile {
        requireNonNull(path, "path is null");
        requireNonNull(deletionVector, "deletionVector is null");
        requireNonNull(stats, "stats is null");
        requireNonNull(rowIds, "rowIds is null");
        partitionValues = copyWithNulls(partitionValues);
        tags = copyWithNulls(tags);
    }

    /** The same file with other deleted rows. */
    public DataFile withDeletionVector(Optional<DeletionVector> vector) {
        return new DataFile(
                path,
                partitionValues,
                size,
                modificationTime,
                dataChange,
                vector,
                stats,
                tags,
                rowIds);
    }

    /** The same file with other statistics. */
    public DataFile withStats(Optional<String> json) {
        return new DataFile(
                path,
                partitionValues,
                size,
                modificationTime,
                dataChange,
                deletionVector,
                json,
                tags,
                rowIds);
    }

    /** The action that takes this file, as it is now, out of the table. */
    public RemovedFile toRemoved(long deletionTimestamp) {
        return new RemovedFile(
                path,
                Optional.of(partitionValues),
                OptionalLong.of(size),
                deletionTimestamp,
                true,
                deletionVector);
    }

    static Map<String, String> copyWithNulls(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
