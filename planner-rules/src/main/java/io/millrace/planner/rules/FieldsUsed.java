package io.millrace.planner.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;

/**
 * What expressions use of the columns of a row: a column whole, or fields of it. A path is a
 * column's position, then the positions of fields in structs.
 */
final class FieldsUsed {

    private final RelDataType row;
    private final Set<Integer> whole = new TreeSet<>();
    private final TreeMap<Integer, Set<List<Integer>>> fields = new TreeMap<>();

    /** The paths that are left of the row, in the order of its columns. */
    private List<List<Integer>> paths = List.of();

    private FieldsUsed(RelDataType row) {
        this.row = row;
    }

    /**
     * @param inputs positions of the first columns of the inputs that the row is put together of;
     *     one column of each is kept, since not every operator knows rows without columns
     */
    static FieldsUsed of(RelDataType row, List<RexNode> expressions, List<Integer> inputs) {
        FieldsUsed used = new FieldsUsed(row);
        RexVisitorImpl<Void> visitor = used.collector();
        expressions.forEach(expression -> expression.accept(visitor));
        for (int i = 0; i < inputs.size(); i++) {
            int end = i + 1 < inputs.size() ? inputs.get(i + 1) : row.getFieldCount();
            if (!used.uses(inputs.get(i), end)) {
                used.whole.add(inputs.get(i));
            }
        }
        used.paths = used.remaining();
        return used;
    }

    private boolean uses(int first, int end) {
        return Stream.concat(whole.stream(), fields.keySet().stream())
                .anyMatch(column -> column >= first && column < end);
    }

    private RexVisitorImpl<Void> collector() {
        return new RexVisitorImpl<>(true) {
            @Override
            public Void visitInputRef(RexInputRef column) {
                whole.add(column.getIndex());
                return null;
            }

            @Override
            public Void visitFieldAccess(RexFieldAccess access) {
                List<Integer> path = path(access);
                if (path.isEmpty()) {
                    return super.visitFieldAccess(access);
                }
                fields.computeIfAbsent(path.get(0), column -> new LinkedHashSet<>()).add(path);
                return null;
            }
        };
    }

    /** Empty where it is no field of a column. */
    private static List<Integer> path(RexNode expression) {
        if (expression instanceof RexInputRef column) {
            return List.of(column.getIndex());
        }
        if (!(expression instanceof RexFieldAccess access)) {
            return List.of();
        }
        List<Integer> struct = path(access.getReferenceExpr());
        if (struct.isEmpty()) {
            return List.of();
        }
        List<Integer> path = new ArrayList<>(struct);
        path.add(access.getField().getIndex());
        return List.copyOf(path);
    }

    private List<List<Integer>> remaining() {
        List<List<Integer>> remaining = new ArrayList<>();
        for (int column = 0; column < row.getFieldCount(); column++) {
            if (whole.contains(column)) {
                remaining.add(List.of(column));
            } else {
                remaining.addAll(fields.getOrDefault(column, Set.of()));
            }
        }
        return List.copyOf(remaining);
    }

    /** Whether there is a column of which only fields are used. */
    boolean narrows() {
        return paths.stream().anyMatch(path -> path.size() > 1);
    }

    /**
     * What is used of an input.
     *
     * @param first position of the input's first column in the row
     */
    RelNode below(RelNode input, int first) {
        RexBuilder builder = input.getCluster().getRexBuilder();
        int end = first + input.getRowType().getFieldCount();
        List<RexNode> expressions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (List<Integer> path : paths) {
            if (path.get(0) >= first && path.get(0) < end) {
                RexNode expression = builder.makeInputRef(input, path.get(0) - first);
                for (int field : path.subList(1, path.size())) {
                    expression = builder.makeFieldAccess(expression, field);
                }
                expressions.add(expression);
                names.add("f" + names.size());
            }
        }
        return NestedProjection.project(input, expressions, names);
    }

    /**
     * An expression of the row as one of what is left of it.
     *
     * @param left fields that are left
     */
    RexNode rewritten(RexNode expression, RelDataType left, RexBuilder builder) {
        return expression.accept(
                new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef column) {
                        return replaced(column, left, builder);
                    }

                    @Override
                    public RexNode visitFieldAccess(RexFieldAccess access) {
                        List<Integer> path = path(access);
                        return paths.contains(path)
                                ? replaced(access, left, builder)
                                : super.visitFieldAccess(access);
                    }
                });
    }

    private RexNode replaced(RexNode expression, RelDataType left, RexBuilder builder) {
        int position = paths.indexOf(path(expression));
        RexNode field = new RexInputRef(position, left.getFieldList().get(position).getType());
        return field.getType().equals(expression.getType())
                ? field
                : builder.makeAbstractCast(expression.getType(), field, false);
    }

    /** The projection of the row as one of {@code input}, with the same names and types. */
    RelNode above(LogicalProject project, RelNode input) {
        RexBuilder builder = input.getCluster().getRexBuilder();
        List<RexNode> expressions =
                project.getProjects().stream()
                        .map(expression -> rewritten(expression, input.getRowType(), builder))
                        .toList();
        return LogicalProject.create(
                input,
                project.getHints(),
                expressions,
                project.getRowType().getFieldNames(),
                project.getVariablesSet());
    }
}
