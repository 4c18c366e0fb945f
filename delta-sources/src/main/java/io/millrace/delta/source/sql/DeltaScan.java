package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.source.sql.DeltaSourceOptions.Consistency;

/**
 * What is known of a table when a statement is planned.
 *
 * @param whole all columns of the table, in its order, with the types that the statement declares
 * @param run what this run reads of it
 * @param mode what the rows mean
 * @param consistency what committed results rely on
 * @param heldMemory bytes of held rows that a sequencer keeps in memory
 */
record DeltaScan(
        ReadSpec whole, SourceRun run, Mode mode, Consistency consistency, long heldMemory) {

    DeltaScan {
        requireNonNull(whole, "whole is null");
        requireNonNull(run, "run is null");
        requireNonNull(mode, "mode is null");
        requireNonNull(consistency, "consistency is null");
    }

    String dataset() {
        return whole.dataset();
    }

    /** What the rows of a scan mean, and how they come. */
    enum Mode {
        /** Changes of all kinds, in the order of versions. */
        CHANGELOG,
        /** The rows of one version, in the order of versions though there is but one. */
        APPEND,
        /** The rows of one version, for a batch job, in any order. */
        SNAPSHOT
    }
}
