package io.millrace.artifacts;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What one run read and changed. */
public record RunRecord(
        String pipeline,
        String runId,
        String planId,
        double seconds,
        List<SourceRead> sources,
        List<SinkChange> sinks) {
    public RunRecord {
        requireNonNull(pipeline, "pipeline is null");
        requireNonNull(runId, "runId is null");
        requireNonNull(planId, "planId is null");
        sources = List.copyOf(sources);
        sinks = List.copyOf(sinks);
    }

    /**
     * @param fromVersion version that the results held before, -1 where there was none
     * @param toVersion version that they hold now
     * @param rows change rows read from the source
     */
    public record SourceRead(String dataset, long fromVersion, long toVersion, long rows) {
        public SourceRead {
            requireNonNull(dataset, "dataset is null");
        }
    }

    /**
     * Net change of a target: its version before the run against the one after.
     *
     * @param version version after the run, -1 where the table does not exist
     */
    public record SinkChange(
            String dataset, String path, long version, long inserted, long updated, long deleted) {
        public SinkChange {
            requireNonNull(dataset, "dataset is null");
            requireNonNull(path, "path is null");
        }
    }
}
