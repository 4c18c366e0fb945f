package io.millrace.delta.scan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;

/**
 * What one scan reads of one version of a table, as known when it was planned.
 *
 * @param dataset the table's name in the job
 * @param version that is read, or that a stream starts with
 * @param filesKept files that may have rows for the scan
 * @param filesAll files of the version
 * @param bytes of the files kept
 * @param rows of the files kept; absent where a file does not say
 * @param filter pushed down, as text; empty where there is none
 * @param columns projected columns, and fields of nested ones
 */
@Internal
public record ScanUnit(
        String dataset,
        long version,
        long filesKept,
        long filesAll,
        long bytes,
        OptionalLong rows,
        String filter,
        List<String> columns) {

    public ScanUnit {
        requireNonNull(dataset, "dataset is null");
        requireNonNull(rows, "rows is null");
        requireNonNull(filter, "filter is null");
        columns = List.copyOf(columns);
    }

    /** The scan of {@code columns} that {@code summary} is of. */
    public static ScanUnit of(
            String dataset, SnapshotSummary summary, Predicate filter, List<String> columns) {
        return new ScanUnit(
                dataset,
                summary.version(),
                summary.filesKept(),
                summary.filesAll(),
                summary.bytes(),
                summary.rows(),
                Predicates.isTrue(filter) ? "" : filter.toString(),
                columns);
    }
}
