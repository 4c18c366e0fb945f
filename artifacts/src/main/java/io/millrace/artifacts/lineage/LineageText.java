package io.millrace.artifacts.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lineage for people, in lines. */
public final class LineageText {
    private LineageText() {}

    /** The results with their columns; then what the plan needs, and its steps. */
    public static List<String> lines(Lineage lineage) {
        List<String> lines = new ArrayList<>();
        for (ResultLineage result : lineage.results()) {
            lines.add(result.dataset());
            if (!result.rows().isEmpty()) {
                lines.add("  (rows) <- " + origins(result.rows()));
            }
            for (ColumnLineage column : result.columns()) {
                lines.add("  " + column.column() + " <- " + origins(column.origins()));
            }
        }
        for (DatasetColumns dataset : lineage.required()) {
            lines.add("needs " + dataset.dataset() + ": " + String.join(", ", dataset.columns()));
        }
        for (RequiredFunction function : lineage.functions()) {
            lines.add(
                    "calls "
                            + function.name()
                            + " version "
                            + function.version()
                            + " "
                            + function.tags());
        }
        for (Operation operation : lineage.operations()) {
            lines.add(operation(operation));
        }
        return lines;
    }

    /** A step in one line. */
    static String operation(Operation operation) {
        return operation.number()
                + " "
                + operation.kind()
                + (operation.inputs().isEmpty() ? "" : " of " + operation.inputs())
                + operation.details().entrySet().stream()
                        .map(detail -> " " + detail.getKey() + "=[" + detail.getValue() + "]")
                        .collect(Collectors.joining());
    }

    private static String origins(List<Origin> origins) {
        return origins.isEmpty()
                ? "nothing"
                : origins.stream().map(Origin::toString).collect(Collectors.joining(", "));
    }
}
