package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.FieldPath;
import io.millrace.delta.scan.ScanAlignment;
import io.millrace.delta.source.ReadMode;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.source.sql.DeltaSourceOptions.Consistency;
import java.util.Optional;

/**
 * What is known of a table when a statement is planned.
 *
 * @param whole all columns of the table, in its order, with the types that the statement declares
 * @param run what this run reads of it
 * @param batch whether the job is a batch job, in which rows come in any order
 * @param consistency what committed results rely on
 * @param heldMemory bytes of held rows that a sequencer keeps in memory
 * @param joinFilters whether joins of the job may say which partitions they need
 */
record DeltaScan(
        ReadSpec whole,
        SourceRun run,
        boolean batch,
        Consistency consistency,
        long heldMemory,
        boolean joinFilters) {

    DeltaScan {
        requireNonNull(whole, "whole is null");
        requireNonNull(run, "run is null");
        requireNonNull(consistency, "consistency is null");
        if (batch && whole.mode() == ReadMode.CHANGELOG) {
            throw new IllegalArgumentException("a batch job reads no changelog");
        }
    }

    String dataset() {
        return whole.dataset();
    }

    /** Whether a batch job reads the rows of one version, which is known. */
    boolean isSnapshot() {
        return batch && mode() == ReadMode.SNAPSHOT;
    }

    /** The table's column that a column of the dataset simply is; empty where it is not. */
    Optional<String> tableColumn(String column) {
        ScanAlignment alignment = whole.alignment();
        return alignment.isPlain(column) ? alignment.tableName(column) : Optional.empty();
    }

    /** The table's field that a field of the dataset simply is; empty where it is not. */
    Optional<FieldPath> tableField(FieldPath field) {
        return tableColumn(field.column()).map(field::inColumn);
    }

    /** What is read so that a field is there: itself, or the column that it is in. */
    FieldPath readForField(FieldPath field) {
        return whole.alignment().canBeNarrowed(field.column(), whole.columns())
                ? field
                : FieldPath.of(field.column());
    }

    ReadMode mode() {
        return whole.mode();
    }
}
