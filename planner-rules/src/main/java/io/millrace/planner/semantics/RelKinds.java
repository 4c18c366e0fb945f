package io.millrace.planner.semantics;

import io.millrace.delta.table.RefusedException;
import io.millrace.functions.FunctionRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;

/** Kinds of the fields of relational expressions; null where a field has none. */
final class RelKinds {
    /** Aggregates whose result is one of the values given. */
    private static final Set<String> PICKING =
            Set.of(
                    "MIN",
                    "MAX",
                    "SINGLE_VALUE",
                    "FIRST_VALUE",
                    "LAST_VALUE",
                    "LEAD",
                    "LAG",
                    "ARG_MIN",
                    "ARG_MAX",
                    "ANY_VALUE_DET");

    private final String query;
    private final Map<String, Map<String, String>> tables;
    private final FunctionRegistry functions;

    RelKinds(String query, Map<String, Map<String, String>> tables, FunctionRegistry functions) {
        this.query = query;
        this.tables = tables;
        this.functions = functions;
    }

    List<KindOf> of(RelNode node) {
        if (node instanceof TableScan scan) {
            return scan(scan);
        }
        List<List<KindOf>> inputs = node.getInputs().stream().map(this::of).toList();
        if (node instanceof Project project) {
            RexKinds rex = rex(inputs.get(0));
            return kinds(project.getProjects(), rex);
        } else if (node instanceof Filter filter) {
            rex(inputs.get(0)).of(filter.getCondition());
            return inputs.get(0);
        } else if (node instanceof Join join) {
            List<KindOf> both = concat(inputs);
            rex(both).of(join.getCondition());
            return join.getJoinType().projectsRight() ? both : inputs.get(0);
        } else if (node instanceof Correlate) {
            return fitted(concat(inputs), node);
        } else if (node instanceof Aggregate aggregate) {
            return aggregate(aggregate, inputs.get(0));
        } else if (node instanceof SetOp) {
            return union(node, inputs);
        } else if (node instanceof SingleRel) {
            return fitted(inputs.get(0), node);
        }
        return none(node);
    }

    private RexKinds rex(List<KindOf> input) {
        return new RexKinds(input, functions, this);
    }

    private static List<KindOf> kinds(List<RexNode> expressions, RexKinds rex) {
        List<KindOf> kinds = new ArrayList<>();
        expressions.forEach(expression -> kinds.add(rex.of(expression)));
        return kinds;
    }

    private List<KindOf> scan(TableScan scan) {
        List<String> name = scan.getTable().getQualifiedName();
        String table = name.get(name.size() - 1);
        Map<String, String> declared = tables.getOrDefault(table, Map.of());
        List<KindOf> kinds = new ArrayList<>();
        for (String column : scan.getRowType().getFieldNames()) {
            String kind = declared.get(column);
            kinds.add(kind == null ? null : new KindOf(kind, table + "." + column));
        }
        return kinds;
    }

    private List<KindOf> aggregate(Aggregate aggregate, List<KindOf> input) {
        List<KindOf> kinds = new ArrayList<>();
        aggregate.getGroupSet().forEach(position -> kinds.add(input.get(position)));
        for (AggregateCall call : aggregate.getAggCallList()) {
            String name = call.getAggregation().getName();
            List<KindOf> arguments = new ArrayList<>();
            call.getArgList().forEach(position -> arguments.add(input.get(position)));
            KindOf result = rex(input).function(name, arguments);
            kinds.add(picks(name) && !arguments.isEmpty() ? arguments.get(0) : result);
        }
        return fitted(kinds, aggregate);
    }

    static boolean picks(String aggregate) {
        return PICKING.contains(aggregate.toUpperCase(Locale.ROOT));
    }

    private List<KindOf> union(RelNode node, List<List<KindOf>> inputs) {
        List<KindOf> kinds = new ArrayList<>(inputs.get(0));
        for (List<KindOf> input : inputs.subList(1, inputs.size())) {
            for (int i = 0; i < kinds.size(); i++) {
                kinds.set(
                        i,
                        one(
                                "column '" + node.getRowType().getFieldNames().get(i) + "'",
                                kinds.get(i),
                                input.get(i)));
            }
        }
        return kinds;
    }

    /** The one kind of a value that is one or the other. */
    KindOf one(String what, KindOf left, KindOf right) {
        if (left != null && right != null && !left.kind().equals(right.kind())) {
            throw refuse(what + " would hold both " + left + " and " + right);
        }
        return left == null ? right : left;
    }

    RefusedException refuse(String problem) {
        return new RefusedException(
                query
                        + ": cannot be planned: "
                        + problem
                        + ". Correct the query, or the kinds that the definition declares.");
    }

    private static List<KindOf> concat(List<List<KindOf>> inputs) {
        List<KindOf> all = new ArrayList<>();
        inputs.forEach(all::addAll);
        return all;
    }

    /** As many as the node has fields; those of further fields are not known. */
    private static List<KindOf> fitted(List<KindOf> kinds, RelNode node) {
        KindOf[] fitted = new KindOf[node.getRowType().getFieldCount()];
        for (int i = 0; i < Math.min(fitted.length, kinds.size()); i++) {
            fitted[i] = kinds.get(i);
        }
        return Arrays.asList(fitted);
    }

    private static List<KindOf> none(RelNode node) {
        return Collections.nCopies(node.getRowType().getFieldCount(), null);
    }
}
