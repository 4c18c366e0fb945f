package io.millrace.delta.sink;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.order.SourceProgress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which version of each source has reached the sink, by what the sequencers report. */
final class SourceVersions {

    private final String dataset;
    private final Set<String> sources;
    private final Map<String, Long> restored = new HashMap<>();
    private final Map<String, Map<Integer, Long>> reported = new HashMap<>();
    private final Map<String, Integer> parallelism = new HashMap<>();

    /** Versions of which rows came before they were complete. */
    private final Map<String, Long> opened = new TreeMap<>();

    /**
     * @param dataset the target, for messages
     * @param sources every source that is going to report
     */
    SourceVersions(String dataset, Set<String> sources) {
        this.dataset = requireNonNull(dataset, "dataset is null");
        this.sources = Set.copyOf(sources);
    }

    /** Takes over what a checkpoint contains, of the sources that are still there. */
    void restore(Map<String, Long> released, Map<String, Long> openedBefore) {
        restored.putAll(released);
        restored.keySet().retainAll(sources);
        opened.putAll(openedBefore);
        opened.keySet().retainAll(sources);
    }

    /** After a restore a sequencer may repeat what the checkpoint contains already. */
    void report(SourceProgress progress) {
        String source = progress.source();
        if (progress.opened() != SourceProgress.NONE) {
            opened.merge(source, progress.opened(), Math::max);
        }
        if (progress.released() == SourceProgress.NONE) {
            return;
        }
        long released =
                Math.max(progress.released(), restored.getOrDefault(source, Long.MIN_VALUE));
        parallelism.put(source, progress.parallelism());
        reported.computeIfAbsent(source, s -> new HashMap<>())
                .merge(progress.subtask(), released, Math::max);
    }

    /** Whether some rows that came are of a version that is not complete. */
    boolean anyOpen() {
        Map<String, Long> released = released(false);
        return opened.entrySet().stream()
                .anyMatch(e -> e.getValue() > released.getOrDefault(e.getKey(), Long.MIN_VALUE));
    }

    /** The newest version of each source that came before it was complete, for a checkpoint. */
    Map<String, Long> opened() {
        return opened;
    }

    /** Whether each source has released a version, its first snapshot for a start. */
    boolean allReleased() {
        return released(false).keySet().containsAll(sources);
    }

    /**
     * The version of each source that everything before a barrier belongs to.
     *
     * @throws IllegalStateException if subtasks of one source are at different versions: then the
     *     barrier has cut through a version
     */
    Map<String, Long> atBarrier() {
        return released(true);
    }

    private Map<String, Long> released(boolean atBarrier) {
        Map<String, Long> released = new TreeMap<>();
        Set<String> all = new HashSet<>(restored.keySet());
        all.addAll(reported.keySet());
        for (String source : all) {
            Long version = released(source, atBarrier);
            if (version != null) {
                released.put(source, version);
            }
        }
        return released;
    }

    /** Null while not every subtask has released something. */
    private Long released(String source, boolean atBarrier) {
        Map<Integer, Long> bySubtask = reported.getOrDefault(source, Map.of());
        Long before = restored.get(source);
        if (bySubtask.isEmpty()) {
            return before;
        }
        Set<Long> versions = new HashSet<>(bySubtask.values());
        if (bySubtask.size() < parallelism.get(source)) {
            versions.add(before);
        }
        if (versions.size() > 1 && atBarrier) {
            throw new IllegalStateException(
                    "%s: cannot commit: subtasks of source %s are at different versions %s at a checkpoint (before it: %s). Use aligned checkpoints; if they are, report this."
                            .formatted(dataset, source, bySubtask, before));
        }
        return versions.contains(null)
                ? before
                : versions.stream().mapToLong(Long::longValue).min().getAsLong();
    }
}
