package io.millrace.delta.source;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.Predicate;
import io.millrace.delta.scan.ScanAlignment;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.StorageOptions;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.RowType;

/**
 * What a job reads of one table: one sequenced stream serves all scans of the table, so the columns
 * are the union of what the scans need. Their types are those of the plan, not of the table at the
 * moment: a table whose columns no longer have them is refused.
 *
 * @param dataset identity of the dataset: the name it has in SQL
 * @param location where the table lies
 * @param storage how it is reached
 * @param rowType names and types of the top-level columns to read, in the order of the produced
 *     rows; structs in them may have fewer fields than the table's
 * @param key names of the key columns; empty where the table has no key
 * @param start where a source without restored state begins
 * @param mode what the rows mean
 * @param filter holds for every row that some scan needs: serves to skip files and parts of them;
 *     names the columns of the table
 * @param alignment how the columns of {@code rowType} come from those of the table
 * @param otherChanges what an append-only read does with updates and deletes
 */
@Internal
public record ReadSpec(
        String dataset,
        String location,
        StorageOptions storage,
        RowType rowType,
        List<String> key,
        StartingPosition start,
        ReadMode mode,
        Predicate filter,
        ScanAlignment alignment,
        OtherChanges otherChanges)
        implements Serializable {

    public ReadSpec {
        requireNonNull(dataset, "dataset is null");
        requireNonNull(location, "location is null");
        requireNonNull(storage, "storage is null");
        requireNonNull(rowType, "rowType is null");
        key = List.copyOf(key);
        requireNonNull(start, "start is null");
        requireNonNull(mode, "mode is null");
        requireNonNull(filter, "filter is null");
        requireNonNull(alignment, "alignment is null");
        requireNonNull(otherChanges, "otherChanges is null");
    }

    /** A changelog of all rows, whose columns are those of the table. */
    public ReadSpec(
            String dataset,
            String location,
            RowType rowType,
            List<String> key,
            StartingPosition start) {
        this(
                dataset,
                location,
                StorageOptions.NONE,
                rowType,
                key,
                start,
                ReadMode.CHANGELOG,
                Predicate.TRUE,
                ScanAlignment.NONE,
                OtherChanges.FAIL);
    }

    public ReadSpec inMode(ReadMode other) {
        return new ReadSpec(
                dataset,
                location,
                storage,
                rowType,
                key,
                start,
                other,
                filter,
                alignment,
                otherChanges);
    }

    public ReadSpec filteredBy(Predicate other) {
        return new ReadSpec(
                dataset,
                location,
                storage,
                rowType,
                key,
                start,
                mode,
                other,
                alignment,
                otherChanges);
    }

    /** The same of other columns, which {@code otherKey} is among. */
    public ReadSpec reading(RowType columns, List<String> otherKey) {
        return new ReadSpec(
                dataset,
                location,
                storage,
                columns,
                otherKey,
                start,
                mode,
                filter,
                alignment,
                otherChanges);
    }

    public ReadSpec storedIn(StorageOptions other) {
        return new ReadSpec(
                dataset,
                location,
                other,
                rowType,
                key,
                start,
                mode,
                filter,
                alignment,
                otherChanges);
    }

    public ReadSpec alignedBy(ScanAlignment other) {
        return new ReadSpec(
                dataset, location, storage, rowType, key, start, mode, filter, other, otherChanges);
    }

    public ReadSpec onOtherChanges(OtherChanges other) {
        return new ReadSpec(
                dataset, location, storage, rowType, key, start, mode, filter, alignment, other);
    }

    /** The same under another name in a job. */
    public ReadSpec named(String other) {
        return new ReadSpec(
                other,
                location,
                storage,
                rowType,
                key,
                start,
                mode,
                filter,
                alignment,
                otherChanges);
    }

    /** The table that is read. */
    public DeltaTable table() {
        return DeltaTable.at(location, storage);
    }

    /** Names of the columns to read, in the order of the produced rows. */
    public List<String> columns() {
        return rowType.getFieldNames();
    }

    /** What is read of the table for these columns, in its names and types. */
    public RowType tableColumns() {
        return alignment.tableColumns(rowType);
    }

    /** The type of the rows between reader and sequencer. */
    public RowType sequencedType() {
        return SequencedRows.rowType(rowType);
    }

    /** A version that cannot be read: what is there instead, and the way out. */
    public RefusedException refused(long version, String whatIsThere, String whatToDo) {
        return new RefusedException(
                location
                        + ": cannot read the change feed of "
                        + dataset
                        + " at version "
                        + version
                        + ": "
                        + whatIsThere
                        + ". "
                        + whatToDo);
    }
}
