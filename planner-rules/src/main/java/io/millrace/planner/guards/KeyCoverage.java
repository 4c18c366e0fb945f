package io.millrace.planner.guards;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Calc;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.planner.plan.schema.TableSourceTable;

/**
 * Whether rows that are equal in some columns are one row. What an id was computed of counts as the
 * id does. Where nothing is known of the rows, or they come from several queries, an id is believed
 * to be one; a plain column is not.
 */
final class KeyCoverage {
    private final DeterminedColumns determined;

    /**
     * A part of a query in which two rows may have one key.
     *
     * @param known its keys, by the names of its columns
     */
    record Gap(RelNode part, String known) {
        Gap {
            requireNonNull(part, "part is null");
            requireNonNull(known, "known is null");
        }
    }

    KeyCoverage(DeterminedColumns determined) {
        this.determined = requireNonNull(determined, "determined is null");
    }

    Optional<Gap> gap(RelNode node, ImmutableBitSet key) {
        return gap(node, key, false);
    }

    private Optional<Gap> gap(RelNode node, ImmutableBitSet key, boolean isId) {
        if (determined.isUnique(node, key)) {
            return Optional.empty();
        }
        Optional<RelNode> same = DeterminedColumns.sameRows(node);
        if (same.isPresent()) {
            return gap(same.get(), key, isId);
        } else if (node instanceof Calc calc) {
            KeyOrigin origin = KeyOrigin.of(DeterminedColumns.expressions(calc), key);
            return gap(calc.getInput(), origin.columns(), isId || origin.isId())
                    .map(gap -> known(calc).isEmpty() ? gap : of(calc));
        } else if (node instanceof Union union && (isId || areIds(union.getInputs(), key))) {
            return union.getInputs().stream()
                    .flatMap(input -> gap(input, key, isId).stream())
                    .findFirst();
        }
        return isId && known(node).isEmpty() ? Optional.empty() : Optional.of(of(node));
    }

    /** Whether each of the queries computes an id. */
    private static boolean areIds(List<RelNode> inputs, ImmutableBitSet key) {
        return inputs.stream().allMatch(input -> isId(input, key));
    }

    private static boolean isId(RelNode node, ImmutableBitSet key) {
        if (key.isEmpty()) {
            return false;
        }
        Optional<RelNode> same = DeterminedColumns.sameRows(node);
        if (same.isPresent()) {
            return isId(same.get(), key);
        } else if (node instanceof Union union) {
            return areIds(union.getInputs(), key);
        }
        if (node instanceof Calc calc) {
            KeyOrigin origin = KeyOrigin.of(DeterminedColumns.expressions(calc), key);
            return origin.isId() || isId(calc.getInput(), origin.columns());
        } else if (node instanceof Join join && join.getJoinType().projectsRight()) {
            ImmutableBitSet left =
                    ImmutableBitSet.range(join.getLeft().getRowType().getFieldCount());
            return isId(join.getLeft(), key.intersect(left))
                    || isId(join.getRight(), key.except(left).shift(-left.cardinality()));
        }
        return DeterminedColumns.grouping(node)
                .map(grouping -> isId(node.getInput(0), DeterminedColumns.grouped(grouping, key)))
                .orElse(false);
    }

    /** The keys that are known of the rows; of a table also that which is not read. */
    private Set<String> known(RelNode node) {
        List<String> columns = node.getRowType().getFieldNames();
        TreeSet<String> keys = new TreeSet<>();
        for (ImmutableBitSet key : determined.keys(node)) {
            keys.add(key.asList().stream().map(columns::get).toList().toString());
        }
        if (node instanceof TableScan scan) {
            Optional.ofNullable(scan.getTable().unwrap(TableSourceTable.class))
                    .map(table -> table.contextResolvedTable().getResolvedSchema())
                    .flatMap(ResolvedSchema::getPrimaryKey)
                    .ifPresent(key -> keys.add(key.getColumns().toString()));
        }
        return keys;
    }

    private Gap of(RelNode node) {
        Set<String> keys = known(node);
        return new Gap(node, keys.isEmpty() ? "has no key that is known" : "has the keys " + keys);
    }
}
