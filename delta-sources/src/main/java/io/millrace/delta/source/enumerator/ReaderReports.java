package io.millrace.delta.source.enumerator;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What readers say of themselves: how far each was at a checkpoint, and whether it is through with
 * the last version. The least of the former, of a checkpoint that is complete, is a version that
 * all sequencers had released at that checkpoint and so at every later one.
 */
final class ReaderReports {

    private final TreeMap<Long, Map<Integer, Long>> watermarks = new TreeMap<>();
    private final Set<Integer> through = new HashSet<>();
    private final Set<Integer> letGo = new HashSet<>();
    private long released = Long.MIN_VALUE;
    private boolean news;

    void at(int reader, ReaderWatermark report) {
        watermarks
                .computeIfAbsent(report.checkpointId(), id -> new HashMap<>())
                .put(reader, report.version());
    }

    void complete(long checkpointId, int parallelism) {
        Map<Integer, Long> reports = watermarks.getOrDefault(checkpointId, Map.of());
        if (reports.size() == parallelism) {
            long least = reports.values().stream().mapToLong(Long::longValue).min().orElseThrow();
            news |= least > released;
            released = Math.max(released, least);
        }
        watermarks.headMap(checkpointId, true).clear();
    }

    /** The version, if it is another one than when this was last asked. */
    OptionalLong released() {
        OptionalLong version = news ? OptionalLong.of(released) : OptionalLong.empty();
        news = false;
        return version;
    }

    void through(int reader) {
        through.add(reader);
    }

    /** A reader starts anew, and others may not have heard what the last one told. */
    void restarted(int reader) {
        through.remove(reader);
        letGo.remove(reader);
        news = released > Long.MIN_VALUE;
    }

    /** A reader may end, and its task with it. */
    void letGo(int reader) {
        letGo.add(reader);
    }

    /** Those that still take events: one that is lost at a task that has ended fails the job. */
    List<Integer> listening(Set<Integer> readers) {
        return readers.stream().filter(reader -> !letGo.contains(reader)).toList();
    }

    boolean allThrough(int parallelism) {
        return through.size() == parallelism;
    }
}
