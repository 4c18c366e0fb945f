package io.millrace.delta.scan;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.types.DecimalType;
import io.millrace.delta.scan.ColumnFacts.Nulls;
import io.millrace.delta.scan.SnapshotSummary.Column;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Adds up what is known of the files of a version. */
final class SummaryBuilder {

    private final FilePruner pruner;
    private final Map<String, ColumnBuilder> columns = new LinkedHashMap<>();

    private long kept;
    private long all;
    private long bytes;
    private long rows;
    private boolean allRowsKnown = true;
    private boolean decided = true;

    SummaryBuilder(FilePruner pruner, List<String> columns) {
        this.pruner = requireNonNull(pruner, "pruner is null");
        columns.forEach(name -> this.columns.put(name, new ColumnBuilder(FieldPath.of(name))));
    }

    void add(DataFile file) {
        all++;
        Verdict verdict = pruner.judge(file);
        if (verdict == Verdict.NONE) {
            return;
        }
        kept++;
        bytes += file.size();
        decided &= verdict == Verdict.ALL;
        FileStatistics statistics = FileStatistics.parse(file.stats());
        long deleted = file.deletionVector().map(DeletionVector::cardinality).orElse(0L);
        OptionalLong live =
                statistics.records().isPresent()
                        ? OptionalLong.of(statistics.records().getAsLong() - deleted)
                        : OptionalLong.empty();
        allRowsKnown &= live.isPresent();
        rows += live.orElse(0);
        columns.values().forEach(column -> column.add(file, statistics, live));
    }

    SnapshotSummary build(long version) {
        Map<String, Column> built = new LinkedHashMap<>();
        columns.forEach((name, column) -> built.put(name, column.build()));
        return new SnapshotSummary(
                version,
                kept,
                all,
                bytes,
                allRowsKnown ? OptionalLong.of(rows) : OptionalLong.empty(),
                decided,
                built);
    }

    /** One column over all files. */
    private final class ColumnBuilder {

        /** Decimals with more digits may have gone through a double. */
        private static final int EXACT_DIGITS = 15;

        private final FieldPath path;
        private final Optional<ScanColumn> column;

        private long nulls;
        private boolean nullsKnown = true;
        private boolean bounded = true;
        private boolean exact = true;
        private Optional<Value> minimum = Optional.empty();
        private Optional<Value> maximum = Optional.empty();

        ColumnBuilder(FieldPath path) {
            this.path = path;
            this.column = pruner.column(path);
        }

        void add(DataFile file, FileStatistics statistics, OptionalLong live) {
            if (live.isPresent() && live.getAsLong() == 0) {
                return;
            }
            ColumnFacts facts = pruner.facts(path, file.partitionValues(), statistics);
            boolean partition = column.map(ScanColumn::partition).orElse(false);
            // Bounds need not be tight, nor null counts right, where rows were deleted since.
            boolean tight = partition || (statistics.tight() && file.deletionVector().isEmpty());
            addNulls(facts, statistics, live, tight);
            if (facts.nulls() == Nulls.ALL) {
                return;
            }
            exact &= tight && saidExactly(facts, partition);
            bounded &= facts.lower().isPresent() && facts.upper().isPresent();
            minimum = least(minimum, facts.lower());
            maximum = greatest(maximum, facts.upper());
        }

        private void addNulls(
                ColumnFacts facts, FileStatistics statistics, OptionalLong live, boolean tight) {
            if (facts.nulls() == Nulls.ALL && live.isPresent()) {
                nulls += live.getAsLong();
            } else if (facts.nulls() == Nulls.UNKNOWN) {
                OptionalLong counted =
                        column.isPresent() && tight
                                ? statistics.nulls(column.get().physicalPath())
                                : OptionalLong.empty();
                if (counted.isPresent() && counted.getAsLong() > live.orElse(0)) {
                    // More nulls than rows: whatever was counted, it is not this file.
                    counted = OptionalLong.empty();
                }
                nullsKnown &= counted.isPresent();
                nulls += counted.orElse(0);
            } else {
                nullsKnown &= facts.nulls() == Nulls.NONE;
            }
        }

        private boolean saidExactly(ColumnFacts facts, boolean partition) {
            return facts.lower()
                    .or(facts::upper)
                    .map(
                            bound ->
                                    switch (bound.kind()) {
                                        case NUMBER ->
                                                partition
                                                        || !(column.orElseThrow().type()
                                                                instanceof DecimalType decimal)
                                                        || decimal.getPrecision() <= EXACT_DIGITS;
                                        case DATE -> true;
                                        case STRING, BOOLEAN, TIMESTAMP, TIMESTAMP_NTZ -> partition;
                                        // NaN is not among the bounds.
                                        case FLOATING -> false;
                                    })
                    .orElse(false);
        }

        Column build() {
            return new Column(
                    nullsKnown ? OptionalLong.of(nulls) : OptionalLong.empty(),
                    bounded ? minimum : Optional.empty(),
                    bounded ? maximum : Optional.empty(),
                    exact && bounded);
        }
    }

    private static Optional<Value> least(Optional<Value> one, Optional<Value> other) {
        return one.isEmpty() || (other.isPresent() && other.get().compareWith(one.get()) < 0)
                ? other
                : one;
    }

    private static Optional<Value> greatest(Optional<Value> one, Optional<Value> other) {
        return one.isEmpty() || (other.isPresent() && other.get().compareWith(one.get()) > 0)
                ? other
                : one;
    }
}
