package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.Predicate;
import io.millrace.delta.scan.Predicates;
import io.millrace.delta.scan.SnapshotFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.expressions.ResolvedExpression;

/**
 * The conditions of a query that a scan takes over.
 *
 * @param predicate what they say, in the names of the table
 * @param result which of them the scan makes use of, and which stay in the plan
 */
record PushedFilters(Predicate predicate, SupportsFilterPushDown.Result result) {

    PushedFilters {
        requireNonNull(predicate, "predicate is null");
        requireNonNull(result, "result is null");
    }

    /**
     * All conditions stay in the plan, so what a changelog skips would have been dropped. But in
     * batch the version is known: a condition that each of its files satisfies with all rows or
     * with none need not be looked at again.
     */
    static PushedFilters of(
            DeltaScan scan,
            SnapshotFiles files,
            ScanNeeds needs,
            List<ResolvedExpression> conditions) {
        List<ResolvedExpression> accepted = new ArrayList<>();
        List<ResolvedExpression> remaining = new ArrayList<>();
        List<Predicate> predicates = new ArrayList<>();
        for (ResolvedExpression condition : conditions) {
            FilterTranslator translator =
                    // Neither metadata columns nor those that are not simply the table's.
                    new FilterTranslator(field -> needs.pathOf(field).flatMap(scan::tableField));
            Optional<Predicate> predicate = translator.translate(condition);
            predicate.ifPresent(
                    said -> {
                        accepted.add(condition);
                        predicates.add(said);
                    });
            if (predicate.isEmpty()
                    || !translator.isExact()
                    || !scan.isSnapshot()
                    || !files.partitionsDecide(predicate.get())) {
                remaining.add(condition);
            }
        }
        Predicate all =
                Predicates.and(
                        Stream.concat(Stream.of(needs.filter()), predicates.stream()).toList());
        return new PushedFilters(all, SupportsFilterPushDown.Result.of(accepted, remaining));
    }
}
