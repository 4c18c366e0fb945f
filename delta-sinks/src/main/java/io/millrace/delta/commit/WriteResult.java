package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.ChangeFile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one flush of one writer staged.
 *
 * @param checkpointId the checkpoint the flush belongs to
 * @param subtask the writer
 * @param indexVersion version of the target that the writer's key index was at; -1 when there was
 *     no table
 * @param files new data files
 * @param changeFiles change files of this flush alone
 * @param deletions path of a data file, in the table or staged, to the serialized {@link
 *     io.millrace.delta.table.RowPositions} that this flush deleted in it
 * @param counts net changes of this flush
 */
public record WriteResult(
        long checkpointId,
        int subtask,
        long indexVersion,
        List<StagedFile> files,
        List<ChangeFile> changeFiles,
        Map<String, byte[]> deletions,
        ChangeCounts counts) {

    public WriteResult {
        files = List.copyOf(files);
        changeFiles = List.copyOf(changeFiles);
        deletions = Collections.unmodifiableMap(new LinkedHashMap<>(deletions));
        requireNonNull(counts, "counts is null");
    }

    /** Whether the flush changes nothing. */
    public boolean isEmpty() {
        return files.isEmpty() && deletions.isEmpty();
    }
}
