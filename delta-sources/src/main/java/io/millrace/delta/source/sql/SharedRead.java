package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.FieldPath;
import io.millrace.delta.scan.Predicate;
import io.millrace.delta.scan.Predicates;
import io.millrace.delta.source.ReadMode;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.ReadSpecHandle;
import io.millrace.delta.source.SourceRun;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.RowType;

/**
 * What all scans of one table in a job read together: the union of their columns, and of the fields
 * of structs, in the table's order, of the rows that one of them needs.
 *
 * <p>Grows while the statements of a job are translated, and is sealed when their stream graph is
 * made; later statements of the same session then share another one. What is serialized is the spec
 * as it then is.
 */
final class SharedRead implements ReadSpecHandle {

    private static final long serialVersionUID = 1L;

    private final transient String name;
    private final transient ReadSpec whole;
    private final transient SourceRun run;
    private final transient List<Predicate> filters = new ArrayList<>();
    private transient RowType columns = new RowType(false, List.of());
    private transient List<String> key;
    private transient int scans;
    private transient boolean sealed;

    /**
     * @param name what tells this stream from others of the dataset in the same job
     */
    SharedRead(DeltaScan first, String name) {
        this.name = requireNonNull(name, "name is null");
        this.whole = first.whole();
        this.run = first.run();
        this.key = List.of();
    }

    /**
     * Adds what a scan needs, if it can be served.
     *
     * @return false where this is another table, starts elsewhere, or is sealed
     */
    synchronized boolean join(DeltaScan scan, ScanNeeds needed) {
        if (sealed || !serves(scan)) {
            return false;
        }
        joinKey(scan);
        add(needed.paths(), scan);
        filters.add(needed.filter());
        scans++;
        return true;
    }

    /** How many scans have joined. */
    synchronized int scans() {
        return scans;
    }

    /** From now on nothing is added. */
    synchronized void seal() {
        sealed = true;
    }

    @Override
    public synchronized ReadSpec spec() {
        // A row without columns could not be routed.
        RowType read =
                columns.getFieldCount() > 0
                        ? columns
                        : new RowType(false, List.of(whole.rowType().getFields().get(0)));
        return whole.reading(read, key)
                .named(name)
                .inMode(rows(whole.mode()))
                .filteredBy(Predicates.or(filters));
    }

    /** Whether scans of this dataset in the same job, which cannot join, need another name. */
    synchronized boolean claims(String dataset) {
        return !sealed && whole.dataset().equals(dataset);
    }

    /** A changelog and a feed are the same rows up to the scan that projects them. */
    private static ReadMode rows(ReadMode mode) {
        return mode == ReadMode.FEED ? ReadMode.CHANGELOG : mode;
    }

    private boolean serves(DeltaScan scan) {
        return whole.dataset().equals(scan.dataset())
                && whole.location().equals(scan.whole().location())
                && whole.storage().equals(scan.whole().storage())
                && whole.alignment().equals(scan.whole().alignment())
                && whole.start().equals(scan.whole().start())
                && rows(whole.mode()) == rows(scan.mode())
                && whole.otherChanges() == scan.whole().otherChanges()
                && run.equals(scan.run());
    }

    private void joinKey(DeltaScan scan) {
        List<String> other = scan.whole().key();
        if (!key.isEmpty() && !other.isEmpty() && !key.equals(other)) {
            throw new ValidationException(
                    "%s: cannot be read with two keys in a job: %s and %s. Declare one PRIMARY KEY."
                            .formatted(scan.dataset(), key, other));
        }
        if (key.isEmpty()) {
            key = other;
            add(key.stream().map(FieldPath::of).toList(), scan);
        }
    }

    private void add(List<FieldPath> paths, DeltaScan scan) {
        RowType needed =
                NeededFields.of(
                        scan.whole().rowType(), paths.stream().map(scan::readForField).toList());
        columns = NeededFields.union(whole.rowType(), columns, needed);
    }

    @Serial
    private Object writeReplace() {
        return new Sealed(spec());
    }

    /** The spec in a job. */
    private record Sealed(ReadSpec spec) implements ReadSpecHandle {
        private Sealed {
            requireNonNull(spec, "spec is null");
        }
    }
}
