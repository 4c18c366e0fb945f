package io.millrace.delta.source.sql;

import io.millrace.delta.scan.Predicate;
import io.millrace.delta.scan.Predicates;
import io.millrace.delta.scan.SnapshotFiles;
import io.millrace.delta.table.DeltaTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.expressions.ResolvedExpression;

/** Conditions of a statement that partition values alone decide. */
@Internal
public final class PartitionConditions {

    private PartitionConditions() {}

    /**
     * What {@code conditions} say together, exactly; empty where one of them looks at anything but
     * partition columns, or where partition values of the newest version do not decide it.
     */
    public static Optional<Predicate> of(DeltaTable table, List<ResolvedExpression> conditions) {
        SnapshotFiles files = new SnapshotFiles(table, OptionalLong.empty());
        List<Predicate> predicates = new ArrayList<>();
        for (ResolvedExpression condition : conditions) {
            FilterTranslator translator = new FilterTranslator(Optional::of);
            Optional<Predicate> predicate = translator.translate(condition);
            if (predicate.isEmpty()
                    || !translator.isExact()
                    || !files.partitionsDecide(predicate.get())) {
                return Optional.empty();
            }
            predicates.add(predicate.get());
        }
        return Optional.of(Predicates.and(predicates));
    }
}
