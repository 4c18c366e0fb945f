package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.Predicate;
import java.util.List;
import java.util.OptionalLong;

/**
 * What one scan needs of a table.
 *
 * @param columns names of top-level columns, in the order of the scan's rows
 * @param filter holds for every row that the scan needs; names the columns of the table
 * @param limit how many rows are enough, whichever they are
 */
record ScanNeeds(List<String> columns, Predicate filter, OptionalLong limit) {

    ScanNeeds {
        columns = List.copyOf(columns);
        requireNonNull(filter, "filter is null");
        requireNonNull(limit, "limit is null");
    }

    /** All rows. */
    ScanNeeds(List<String> columns) {
        this(columns, Predicate.TRUE, OptionalLong.empty());
    }

    ScanNeeds reading(List<String> others) {
        return new ScanNeeds(others, filter, limit);
    }

    ScanNeeds filteredBy(Predicate other) {
        return new ScanNeeds(columns, other, limit);
    }

    ScanNeeds limitedTo(long rows) {
        return new ScanNeeds(columns, filter, OptionalLong.of(rows));
    }
}
