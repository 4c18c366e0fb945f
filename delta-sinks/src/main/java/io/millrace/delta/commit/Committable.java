package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.ChangeFile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that goes into one commit of a target.
 *
 * @param counter number of the commit within its sink, the version of its transaction id
 * @param token random; tells a replay of this committable from another one with the same counter
 * @param throughCheckpoint newest checkpoint whose changes are in it
 * @param indexVersion oldest version of the target that a contributing key index was at; -1 when
 *     there was no table
 * @param singleFlush whether each writer flushed at most once, so that its change files are the
 *     difference to the version before
 * @param rebuild whether the staged rows are the whole result, to be compared with the table
 * @param files new data files
 * @param changeFiles change files of all flushes
 * @param deletions path of a data file, in the table or staged, to the serialized positions deleted
 *     in it
 * @param counts net changes, summed over the flushes
 * @param sourceVersions version of each source that the commit is the result of
 */
public record Committable(
        long counter,
        String token,
        long throughCheckpoint,
        long indexVersion,
        boolean singleFlush,
        boolean rebuild,
        List<StagedFile> files,
        List<ChangeFile> changeFiles,
        Map<String, byte[]> deletions,
        ChangeCounts counts,
        Map<String, Long> sourceVersions) {

    public Committable {
        requireNonNull(token, "token is null");
        files = List.copyOf(files);
        changeFiles = List.copyOf(changeFiles);
        deletions = Collections.unmodifiableMap(new LinkedHashMap<>(deletions));
        requireNonNull(counts, "counts is null");
        sourceVersions = Collections.unmodifiableMap(new TreeMap<>(sourceVersions));
    }

    /** Whether nothing was staged and nothing deleted. */
    public boolean isEmpty() {
        return files.isEmpty() && deletions.isEmpty();
    }
}
