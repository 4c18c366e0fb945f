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
 * @param table where it lies
 * @param snapshot the version that it was resolved at
 * @param scan how it is scanned
 */
@Internal
public record Dataset(DeltaTable table, TableSnapshot snapshot, ScanConfiguration scan) {

    public Dataset {
        requireNonNull(table, "table is null");
        requireNonNull(snapshot, "snapshot is null");
        requireNonNull(scan, "scan is null");
    }

    /** The name by which state, options and commits know it. */
    public String identity() {
        return scan.dataset();
    }

    public long version() {
        return snapshot.version();
    }

    /** All columns, those of the key NOT NULL. */
    public RowType rowType() {
        return scan.rowType();
    }

    /** Columns of the primary key; empty where there is none. */
    public List<String> key() {
        return scan.key();
    }
}
