package io.millrace.artifacts.lineage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlWindowTableFunction;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.flink.table.planner.calcite.RexTableArgCall;

/** Functions that give tables: of values, of the time of rows, of tables. */
final class TableFunctionLineage {
    private final LineageContext context;

    TableFunctionLineage(LineageContext context) {
        this.context = context;
    }

    Flow of(TableFunctionScan node, List<Flow> inputs) {
        if (!(node.getCall() instanceof RexCall call)) {
            throw Untraceable.of(node.getCall());
        }
        context.functions().add(call.getOperator());
        if (inputs.isEmpty()) {
            return ofValues(node, call);
        } else if (call.getOperator() instanceof SqlWindowTableFunction) {
            return windows(node, call, inputs.get(0));
        }
        return ofTables(node, call, inputs);
    }

    /** All that it gives comes of all that it is given, and how many rows it gives, too. */
    private Flow ofValues(TableFunctionScan node, RexCall call) {
        NavigableSet<Origin> arguments = context.expressions(List.of()).of(call);
        return new Flow(
                Collections.nCopies(
                        node.getRowType().getFieldCount(),
                        Origins.through(arguments, Influence.TRANSFORMATION)),
                Origins.deciding(arguments, Influence.JOIN),
                context.step("table function", details(call, List.of())));
    }

    /** The rows with start, end and time of their window: the last three fields. */
    private Flow windows(TableFunctionScan node, RexCall call, Flow input) {
        NavigableSet<Origin> time = new TreeSet<>();
        NavigableSet<Origin> rows = new TreeSet<>(input.rows());
        for (RexNode operand : call.getOperands()) {
            if (operand instanceof RexTableArgCall table) {
                rows.addAll(keys(table, input));
            } else {
                time.addAll(described(operand, node.getInput(0), input));
            }
        }
        rows.addAll(Origins.deciding(time, Influence.WINDOW));
        List<NavigableSet<Origin>> fields = new ArrayList<>(input.fields());
        while (fields.size() < node.getRowType().getFieldCount()) {
            fields.add(Origins.through(time, Influence.TRANSFORMATION));
        }
        return new Flow(
                fields,
                rows,
                context.step(
                        "window function",
                        details(call, node.getInput(0).getRowType().getFieldNames()),
                        input));
    }

    private Flow ofTables(TableFunctionScan node, RexCall call, List<Flow> inputs) {
        NavigableSet<Origin> values = new TreeSet<>();
        NavigableSet<Origin> rows = new TreeSet<>();
        for (RexNode operand : call.getOperands()) {
            if (operand instanceof RexTableArgCall table) {
                rows.addAll(keys(table, inputs.get(table.getInputIndex())));
            }
        }
        for (Flow input : inputs) {
            values.addAll(input.everything());
            rows.addAll(input.rows());
        }
        rows.addAll(Origins.deciding(values, Influence.FILTER));
        return new Flow(
                Collections.nCopies(
                        node.getRowType().getFieldCount(),
                        Origins.through(values, Influence.TRANSFORMATION)),
                rows,
                context.step(
                        "table function",
                        Map.of("function", call.getOperator().getName()),
                        inputs.toArray(Flow[]::new)));
    }

    private static NavigableSet<Origin> keys(RexTableArgCall table, Flow input) {
        NavigableSet<Origin> keys = new TreeSet<>();
        for (int key : table.getPartitionKeys()) {
            keys.addAll(Origins.deciding(input.fields().get(key), Influence.WINDOW));
        }
        for (int key : table.getOrderKeys()) {
            keys.addAll(Origins.deciding(input.fields().get(key), Influence.WINDOW));
        }
        return keys;
    }

    /** Origins of the columns in a descriptor, which has them by name or by position. */
    private static NavigableSet<Origin> described(RexNode operand, RelNode rows, Flow input) {
        NavigableSet<Origin> origins = new TreeSet<>();
        operand.accept(
                new RexVisitorImpl<Void>(true) {
                    @Override
                    public Void visitInputRef(RexInputRef reference) {
                        origins.addAll(input.fields().get(reference.getIndex()));
                        return null;
                    }

                    @Override
                    public Void visitLiteral(RexLiteral literal) {
                        int position = rows.getRowType().getFieldNames().indexOf(name(literal));
                        if (position >= 0) {
                            origins.addAll(input.fields().get(position));
                        }
                        return null;
                    }
                });
        return origins;
    }

    private static String name(RexLiteral literal) {
        return SqlTypeUtil.inCharFamily(literal.getType()) ? literal.getValueAs(String.class) : "";
    }

    private static Map<String, String> details(RexCall call, List<String> fields) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("function", call.getOperator().getName());
        details.put("call", LineageContext.text(call, fields));
        return details;
    }
}
