package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.Predicate;
import java.util.List;

/**
 * What one scan needs of a table.
 *
 * @param columns names of top-level columns, in the order of the scan's rows
 * @param filter holds for every row that the scan needs; names the columns of the table
 */
record ScanNeeds(List<String> columns, Predicate filter) {

    ScanNeeds {
        columns = List.copyOf(columns);
        requireNonNull(filter, "filter is null");
    }

    /** All rows. */
    static ScanNeeds of(String... columns) {
        return new ScanNeeds(List.of(columns), Predicate.TRUE);
    }

    ScanNeeds reading(List<String> others) {
        return new ScanNeeds(others, filter);
    }

    ScanNeeds filteredBy(Predicate other) {
        return new ScanNeeds(columns, other);
    }
}
