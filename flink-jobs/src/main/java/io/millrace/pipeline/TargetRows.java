package io.millrace.pipeline;

import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.table.StorageOptions;

/** How many rows a table has. */
public final class TargetRows {
    private TargetRows() {}

    /** Live rows of the newest version at a location; 0 where there is no table. */
    public static long count(String location) {
        return Math.max(
                0, TargetChanges.rows(DatasetResolver.table(location, StorageOptions.NONE)));
    }
}
