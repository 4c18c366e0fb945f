package io.millrace.pipeline;

import io.millrace.delta.table.DeltaTable;

/** How many rows a table has. */
public final class TargetRows {
    private TargetRows() {}

    /** Live rows of the newest version at a location; 0 where there is no table. */
    public static long count(String location) {
        return Math.max(0, TargetChanges.rows(DeltaTable.at(location)));
    }
}
