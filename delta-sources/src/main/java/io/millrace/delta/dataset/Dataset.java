package io.millrace.delta.dataset;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableSnapshot;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.RowType;

/**
 * A table as a pipeline sees it.
 *
 * @param identity the name by which state, options and commits know it
 * @param table where it lies
 * @param snapshot the version that it was resolved at
 * @param rowType all columns of that version
 * @param key columns of the primary key; empty where there is none
 */
@Internal
public record Dataset(
        String identity,
        DeltaTable table,
        TableSnapshot snapshot,
        RowType rowType,
        List<String> key) {

    public Dataset {
        requireNonNull(identity, "identity is null");
        requireNonNull(table, "table is null");
        requireNonNull(snapshot, "snapshot is null");
        requireNonNull(rowType, "rowType is null");
        key = List.copyOf(key);
    }

    public long version() {
        return snapshot.version();
    }
}
