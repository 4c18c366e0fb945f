package io.millrace.delta.parquet;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.FieldPath;
import io.millrace.delta.scan.Literal;
import io.millrace.delta.scan.Predicate;
import io.millrace.delta.scan.Predicate.Operator;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;

/**
 * Predicates in the terms of one file, for parquet-mr to skip row groups and pages by statistics,
 * dictionaries, column indexes and bloom filters. What parquet-mr might compare otherwise than SQL
 * is left out, so the result may be weaker.
 */
final class ParquetPredicates {

    private final Function<FieldPath, Optional<ColumnDescriptor>> columns;

    private ParquetPredicates(Function<FieldPath, Optional<ColumnDescriptor>> columns) {
        this.columns = requireNonNull(columns, "columns is null");
    }

    /**
     * What can be said of {@code filter}; empty where that is nothing.
     *
     * @param columns the leaf that holds a field of the table in the file. Must be empty for leaves
     *     that are not read: parquet-mr takes them for missing from the file
     */
    static Optional<FilterPredicate> of(
            Predicate filter, Function<FieldPath, Optional<ColumnDescriptor>> columns) {
        return new ParquetPredicates(columns).translate(filter);
    }

    private Optional<FilterPredicate> translate(Predicate predicate) {
        if (predicate instanceof Predicate.And and) {
            return and.parts().stream()
                    .flatMap(part -> translate(part).stream())
                    .reduce(FilterApi::and);
        } else if (predicate instanceof Predicate.Or or) {
            return any(or.parts().stream().map(this::translate).toList());
        } else if (predicate instanceof Predicate.Comparison of) {
            return leaf(of.field()).flatMap(leaf -> leaf.compare(of.operator(), of.literal()));
        } else if (predicate instanceof Predicate.In in) {
            return leaf(in.field()).flatMap(leaf -> any(equals(leaf, in.literals())));
        } else if (predicate instanceof Predicate.StartsWith like) {
            return leaf(like.field()).flatMap(leaf -> leaf.startsWith(like.prefix()));
        } else if (predicate instanceof Predicate.IsNull isNull) {
            return leaf(isNull.field()).flatMap(leaf -> leaf.isNull(true));
        }
        Predicate.IsNotNull isNotNull = (Predicate.IsNotNull) predicate;
        return leaf(isNotNull.field()).flatMap(leaf -> leaf.isNull(false));
    }

    private static List<Optional<FilterPredicate>> equals(FilterLeaf leaf, List<Literal> literals) {
        return literals.stream().map(one -> leaf.compare(Operator.EQUAL, one)).toList();
    }

    /** Nothing can be said where nothing can be said of one part. */
    private static Optional<FilterPredicate> any(List<Optional<FilterPredicate>> parts) {
        return parts.stream().allMatch(Optional::isPresent)
                ? parts.stream().map(Optional::get).reduce(FilterApi::or)
                : Optional.empty();
    }

    /** A path in parquet-mr's filters is text with dots between the names. */
    private Optional<FilterLeaf> leaf(FieldPath field) {
        return columns.apply(field)
                .filter(column -> column.getMaxRepetitionLevel() == 0)
                .filter(
                        column ->
                                Arrays.stream(column.getPath())
                                        .noneMatch(name -> name.indexOf('.') >= 0))
                .map(FilterLeaf::new);
    }
}
