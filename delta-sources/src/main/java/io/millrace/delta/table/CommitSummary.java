package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * A commit as the table's history shows it, without its files.
 *
 * @param version of the table after the commit
 * @param timestamp epoch milliseconds, as everywhere
 * @param info what the commit says of itself
 * @param metrics of the operation, as its writer counts them
 * @param engine that made the commit, if it says
 * @param blindAppend whether the commit only added files, without looking at the table, if it says
 */
public record CommitSummary(
        long version,
        long timestamp,
        CommitInfo info,
        Map<String, String> metrics,
        Optional<String> engine,
        Optional<Boolean> blindAppend) {

    public CommitSummary {
        requireNonNull(info, "info is null");
        metrics = DataFile.copyWithNulls(metrics);
        requireNonNull(engine, "engine is null");
        requireNonNull(blindAppend, "blindAppend is null");
    }
}
