package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.Predicate;
import io.millrace.delta.scan.Predicates;
import io.millrace.delta.scan.SnapshotFiles;
import io.millrace.delta.source.ReadMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.types.RowKind;

/**
 * The conditions of a query that a scan takes over.
 *
 * @param predicate what they say, in the names of the table
 * @param kinds of changes that they leave
 * @param result which of them the scan makes use of, and which stay in the plan
 */
record PushedFilters(
        Predicate predicate, Set<RowKind> kinds, SupportsFilterPushDown.Result result) {

    PushedFilters {
        requireNonNull(predicate, "predicate is null");
        kinds = Set.copyOf(kinds);
        requireNonNull(result, "result is null");
    }

    /**
     * All conditions stay in the plan, so what a changelog skips would have been dropped. But in
     * batch the version is known: a condition that each of its files satisfies with all rows or
     * with none need not be looked at again.
     *
     * @param changeType name of the change type in the scan's rows, if they have it
     */
    static PushedFilters of(
            DeltaScan scan,
            SnapshotFiles files,
            ScanNeeds needs,
            Optional<String> changeType,
            List<ResolvedExpression> conditions) {
        List<ResolvedExpression> accepted = new ArrayList<>();
        List<ResolvedExpression> remaining = new ArrayList<>();
        List<Predicate> predicates = new ArrayList<>();
        Set<RowKind> kinds = new HashSet<>(needs.kinds());
        for (ResolvedExpression condition : conditions) {
            Optional<Set<RowKind>> ofKinds =
                    changeType
                            .filter(name -> scan.batch() && scan.mode() == ReadMode.FEED)
                            .flatMap(name -> new ChangeTypeConditions(name).kinds(condition));
            if (ofKinds.isPresent()) {
                accepted.add(condition);
                remaining.add(condition);
                kinds.retainAll(ofKinds.get());
                continue;
            }
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
        return new PushedFilters(all, kinds, SupportsFilterPushDown.Result.of(accepted, remaining));
    }
}
