package io.millrace.artifacts.lineage;

import static java.util.Objects.requireNonNull;

import io.millrace.functions.FunctionDescription;
import io.millrace.functions.FunctionRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlOperator;
import org.apache.flink.table.catalog.ContextResolvedFunction;
import org.apache.flink.table.functions.BuiltInFunctionDefinition;
import org.apache.flink.table.functions.FunctionIdentifier;
import org.apache.flink.table.planner.functions.bridging.BridgingSqlAggFunction;
import org.apache.flink.table.planner.functions.bridging.BridgingSqlFunction;

/** The functions that a plan calls and that are not Flink's. */
final class FunctionUses {
    private final FunctionRegistry registry;
    private final TreeSet<String> names = new TreeSet<>();

    FunctionUses(FunctionRegistry registry) {
        this.registry = requireNonNull(registry, "registry is null");
    }

    void add(SqlOperator operator) {
        if (operator instanceof BridgingSqlFunction function) {
            add(function.getResolvedFunction());
        } else if (operator instanceof BridgingSqlAggFunction function) {
            add(function.getResolvedFunction());
        }
    }

    private void add(ContextResolvedFunction function) {
        if (!(function.getDefinition() instanceof BuiltInFunctionDefinition)) {
            names.add(
                    function.getIdentifier()
                            .map(FunctionIdentifier::getFunctionName)
                            .orElse(function.getDefinition().getClass().getSimpleName()));
        }
    }

    List<RequiredFunction> all() {
        List<RequiredFunction> required = new ArrayList<>();
        for (String name : names) {
            required.add(
                    registry.find(name)
                            .map(
                                    entry -> {
                                        FunctionDescription known = entry.description();
                                        return new RequiredFunction(
                                                name, known.version(), known.tags());
                                    })
                            .orElseGet(() -> new RequiredFunction(name, 0, List.of())));
        }
        return required;
    }
}
