package io.millrace.delta.source;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * What a job reads of one table: one sequenced stream serves all scans of the table, so the columns
 * are the union of what the scans need.
 *
 * @param dataset identity of the dataset: the name it has in SQL
 * @param location where the table lies
 * @param columns names of top-level columns in the order of the produced rows
 * @param key names of the key columns; empty where the table has no key
 * @param start where a source without restored state begins
 */
@Internal
public record ReadSpec(
        String dataset,
        String location,
        List<String> columns,
        List<String> key,
        StartingPosition start)
        implements Serializable {

    public ReadSpec {
        requireNonNull(dataset, "dataset is null");
        requireNonNull(location, "location is null");
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        requireNonNull(start, "start is null");
    }
}
