package io.millrace.planner.semantics;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.RefusedException;
import io.millrace.functions.FunctionRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;

/**
 * Follows the kinds of columns through a query before it is optimized.
 *
 * <p>Refused, with the columns named: comparing or joining two kinds, a function's argument of
 * another kind than it accepts, and one column of a UNION, CASE or COALESCE that would be of two
 * kinds. What passes through an expression that is not known has no kind.
 */
public final class SemanticCheck {
    private final Map<String, Map<String, String>> tables;
    private final FunctionRegistry functions;

    /**
     * Checks queries over these tables.
     *
     * @param tables kinds of columns by table; tables by the last part of their name
     */
    public SemanticCheck(Map<String, Map<String, String>> tables, FunctionRegistry functions) {
        this.tables = Map.copyOf(tables);
        this.functions = requireNonNull(functions, "functions is null");
    }

    /**
     * The kinds of a query's columns, by column, of those that have one.
     *
     * @param query how the query is called in errors
     * @throws RefusedException if kinds do not fit
     */
    public Map<String, String> kinds(String query, Table table) {
        if (!(table.getQueryOperation() instanceof PlannerQueryOperation operation)) {
            return Map.of();
        }
        RelNode tree = operation.getCalciteTree();
        List<KindOf> kinds = new RelKinds(query, tables, functions).of(tree);
        Map<String, String> byColumn = new LinkedHashMap<>();
        List<String> columns = tree.getRowType().getFieldNames();
        for (int i = 0; i < columns.size(); i++) {
            if (kinds.get(i) != null) {
                byColumn.put(columns.get(i), kinds.get(i).kind());
            }
        }
        return byColumn;
    }
}
