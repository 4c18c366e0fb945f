package io.millrace.artifacts.lineage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.flink.table.planner.plan.utils.FlinkRexUtil;
import scala.collection.JavaConverters;

/** What the parts of one walk over a plan share. */
final class LineageContext {
    private final OperationList operations = new OperationList();
    private final Map<String, Flow> correlated = new HashMap<>();
    private final DatasetNames names;
    private final FunctionUses functions;

    LineageContext(DatasetNames names, FunctionUses functions) {
        this.names = names;
        this.functions = functions;
    }

    DatasetNames names() {
        return names;
    }

    FunctionUses functions() {
        return functions;
    }

    List<Operation> operations() {
        return operations.all();
    }

    /** Makes the rows of a relation known to what refers to them by this variable. */
    void correlate(String variable, Flow row) {
        correlated.put(variable, row);
    }

    Expressions expressions(List<NavigableSet<Origin>> fields) {
        return expressions(fields, List.of());
    }

    Expressions expressions(List<NavigableSet<Origin>> fields, List<RexNode> locals) {
        return new Expressions(fields, locals, correlated, functions);
    }

    int step(String kind, Map<String, String> details, Flow... inputs) {
        List<Integer> numbers = new ArrayList<>();
        for (Flow input : inputs) {
            numbers.add(input.operation());
        }
        return operations.add(kind, details, numbers);
    }

    /** An expression with the names of the fields in it. */
    static String text(RexNode expression, List<String> fields) {
        return expression == null
                ? ""
                : FlinkRexUtil.getExpressionString(
                        expression, JavaConverters.asScalaBuffer(fields).toSeq());
    }

    static String text(RexNode expression, RelNode input) {
        return text(expression, input.getRowType().getFieldNames());
    }

    static String names(Iterable<Integer> positions, RelNode input) {
        return StreamSupport.stream(positions.spliterator(), false)
                .map(position -> input.getRowType().getFieldNames().get(position))
                .collect(Collectors.joining(", "));
    }

    static String names(RelCollation order, RelNode input) {
        return order.getFieldCollations().stream()
                .map(
                        field ->
                                input.getRowType().getFieldNames().get(field.getFieldIndex())
                                        + (isDescending(field) ? " DESC" : ""))
                .collect(Collectors.joining(", "));
    }

    private static boolean isDescending(RelFieldCollation field) {
        return field.getDirection().isDescending();
    }
}
