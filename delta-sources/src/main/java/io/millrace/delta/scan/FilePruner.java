package io.millrace.delta.scan;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.PartitionValues;
import io.millrace.delta.scan.ColumnFacts.Nulls;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.TableMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;

/**
 * Says which files of a table have rows that satisfy a predicate, from their partition values and
 * statistics. Conservative: a file is skipped only where none of its rows can satisfy it. Counts
 * what it was asked. Not thread-safe.
 */
@Internal
public final class FilePruner {

    private final Predicate filter;
    private final TableMetadata metadata;
    private final Map<FieldPath, Optional<ScanColumn>> columns = new HashMap<>();

    private long kept;
    private long all;

    /**
     * @param filter in the logical names of {@code metadata}; what it says of columns that the
     *     table lacks, or has with another type, is passed over
     * @param metadata in force for the files
     */
    public FilePruner(Predicate filter, TableMetadata metadata) {
        this.filter = requireNonNull(filter, "filter is null");
        this.metadata = requireNonNull(metadata, "metadata is null");
        Predicates.fields(filter)
                .forEach(path -> columns.put(path, ScanColumn.find(metadata, path)));
    }

    /** Whether to read the rows of a data file that are not deleted. */
    public boolean keeps(DataFile file) {
        return counted(Predicates.isTrue(filter) ? Verdict.ALL : judge(file));
    }

    /** Whether to read a file of which only the partition values are known. */
    public boolean keeps(Map<String, String> partitionValues) {
        return counted(judge(filter, partitionValues, FileStatistics.NONE));
    }

    /** Whether it is certain that all rows of a data file that are not deleted are needed. */
    public boolean keepsAll(DataFile file) {
        return Predicates.isTrue(filter) || judge(file) == Verdict.ALL;
    }

    /** How many rows of a file that are not deleted satisfy the predicate at least. */
    public long certainRows(DataFile file) {
        if (!Predicates.isTrue(filter) && judge(file) != Verdict.ALL) {
            return 0;
        }
        long deleted = file.deletionVector().map(DeletionVector::cardinality).orElse(0L);
        return Math.max(0, FileStatistics.parse(file.stats()).records().orElse(0) - deleted);
    }

    /** Files that were kept so far. */
    public long kept() {
        return kept;
    }

    /** Files that were asked for so far. */
    public long all() {
        return all;
    }

    /** Whether {@code part} looks at partition columns only. */
    boolean isOfPartitions(Predicate part) {
        return Predicates.fields(part).stream()
                .allMatch(path -> column(path).map(ScanColumn::partition).orElse(false));
    }

    /** Which of the rows of a file that are not deleted satisfy the predicate. */
    Verdict judge(DataFile file) {
        FileStatistics statistics = FileStatistics.parse(file.stats());
        OptionalLong records = statistics.records();
        if (records.isPresent()
                && file.deletionVector().isPresent()
                && records.getAsLong() <= file.deletionVector().get().cardinality()) {
            return Verdict.NONE;
        }
        return judge(filter, file.partitionValues(), statistics);
    }

    private boolean counted(Verdict verdict) {
        all++;
        if (verdict != Verdict.NONE) {
            kept++;
            return true;
        }
        return false;
    }

    private Verdict judge(
            Predicate predicate, Map<String, String> partitionValues, FileStatistics statistics) {
        if (predicate instanceof Predicate.And and) {
            return Verdict.and(judge(and.parts(), partitionValues, statistics));
        } else if (predicate instanceof Predicate.Or or) {
            return Verdict.or(judge(or.parts(), partitionValues, statistics));
        } else if (predicate instanceof Predicate.Comparison comparison) {
            ColumnFacts facts = facts(comparison.field(), partitionValues, statistics);
            return compare(facts, comparison.operator(), comparison.literal());
        } else if (predicate instanceof Predicate.In in) {
            ColumnFacts facts = facts(in.field(), partitionValues, statistics);
            return Verdict.or(
                    in.literals().stream()
                            .map(one -> compare(facts, Predicate.Operator.EQUAL, one))
                            .toList());
        } else if (predicate instanceof Predicate.StartsWith like) {
            return facts(like.field(), partitionValues, statistics).startsWith(like.prefix());
        } else if (predicate instanceof Predicate.IsNull isNull) {
            return facts(isNull.field(), partitionValues, statistics).isNull();
        }
        Predicate.IsNotNull isNotNull = (Predicate.IsNotNull) predicate;
        return facts(isNotNull.field(), partitionValues, statistics).isNotNull();
    }

    private List<Verdict> judge(
            List<Predicate> parts, Map<String, String> partitionValues, FileStatistics statistics) {
        return parts.stream().map(part -> judge(part, partitionValues, statistics)).toList();
    }

    private static Verdict compare(
            ColumnFacts facts, Predicate.Operator operator, Literal literal) {
        return Value.of(literal).map(value -> facts.compare(operator, value)).orElse(Verdict.SOME);
    }

    Optional<ScanColumn> column(FieldPath path) {
        return columns.computeIfAbsent(path, missing -> ScanColumn.find(metadata, missing));
    }

    ColumnFacts facts(
            FieldPath path, Map<String, String> partitionValues, FileStatistics statistics) {
        Optional<ScanColumn> column = column(path);
        if (column.isEmpty()) {
            return ColumnFacts.UNKNOWN;
        }
        return column.get().partition()
                ? ofPartition(column.get(), partitionValues)
                : ofStatistics(column.get(), statistics);
    }

    /** A partition value that cannot be read is left to the reader, which says so. */
    private static ColumnFacts ofPartition(ScanColumn column, Map<String, String> values) {
        String name = column.physicalPath().get(0);
        if (!values.containsKey(name)) {
            return ColumnFacts.UNKNOWN;
        }
        try {
            Object value = PartitionValues.parse(column.type(), values.get(name));
            return value == null
                    ? ColumnFacts.withoutBounds(Nulls.ALL)
                    : Value.of(column.type(), value)
                            .map(ColumnFacts::constant)
                            .orElseGet(() -> ColumnFacts.withoutBounds(Nulls.NONE));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return ColumnFacts.UNKNOWN;
        }
    }

    private static ColumnFacts ofStatistics(ScanColumn column, FileStatistics statistics) {
        List<String> path = column.physicalPath();
        return Bounds.facts(
                column,
                nulls(statistics, path),
                statistics.minimum(path),
                statistics.maximum(path));
    }

    /**
     * Zero and all are right whether or not the statistics are tight (Delta protocol, "Per-file
     * Statistics").
     */
    private static Nulls nulls(FileStatistics statistics, List<String> path) {
        OptionalLong nulls = statistics.nulls(path);
        if (nulls.isEmpty()) {
            return Nulls.UNKNOWN;
        } else if (nulls.getAsLong() == 0) {
            return Nulls.NONE;
        }
        return nulls.equals(statistics.records()) ? Nulls.ALL : Nulls.UNKNOWN;
    }
}
