package io.millrace.codegraph.tables;

import static java.util.Objects.requireNonNull;

/** What a revision changed in a table: net rows, and the version that has them. */
public record TableReport(String table, long version, long inserted, long updated, long deleted) {
    public TableReport {
        requireNonNull(table, "table is null");
    }

    public long rows() {
        return inserted + updated + deleted;
    }
}
