package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.table.RowPositions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers what writers staged until it goes into one commit. Not thread-safe. */
public final class CommittableBuilder {

    private final List<WriteResult> results = new ArrayList<>();

    public CommittableBuilder add(WriteResult result) {
        results.add(requireNonNull(result, "result is null"));
        return this;
    }

    /** What was gathered so far. */
    public List<WriteResult> results() {
        return List.copyOf(results);
    }

    public boolean isEmpty() {
        return results.stream().allMatch(WriteResult::isEmpty);
    }

    /** Makes the committable and starts over. */
    public Committable build(
            long counter,
            String token,
            long throughCheckpoint,
            boolean rebuild,
            Map<String, Long> sourceVersions) {
        List<StagedFile> files = new ArrayList<>();
        List<ChangeFile> changeFiles = new ArrayList<>();
        Map<String, RowPositions> deletions = new LinkedHashMap<>();
        Set<Long> flushes = new LinkedHashSet<>();
        ChangeCounts counts = ChangeCounts.NONE;
        long indexVersion = Long.MAX_VALUE;
        for (WriteResult result : results) {
            files.addAll(result.files());
            changeFiles.addAll(result.changeFiles());
            result.deletions().forEach((path, bytes) -> merge(deletions, path, bytes));
            counts = counts.plus(result.counts());
            if (!result.isEmpty()) {
                flushes.add(result.checkpointId());
                indexVersion = Math.min(indexVersion, result.indexVersion());
            }
        }
        results.clear();
        Map<String, byte[]> serialized = new LinkedHashMap<>();
        deletions.forEach((path, positions) -> serialized.put(path, positions.toBytes()));
        return new Committable(
                counter,
                token,
                throughCheckpoint,
                indexVersion == Long.MAX_VALUE ? -1 : indexVersion,
                flushes.size() <= 1,
                rebuild,
                files,
                changeFiles,
                serialized,
                counts,
                sourceVersions);
    }

    private static void merge(Map<String, RowPositions> deletions, String path, byte[] bytes) {
        deletions
                .computeIfAbsent(path, p -> new RowPositions())
                .addAll(RowPositions.fromBytes(bytes));
    }
}
