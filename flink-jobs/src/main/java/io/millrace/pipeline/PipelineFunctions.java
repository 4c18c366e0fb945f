package io.millrace.pipeline;

import io.millrace.delta.table.RefusedException;
import io.millrace.functions.ArgumentDescription;
import io.millrace.functions.FunctionDescription;
import io.millrace.functions.FunctionEntry;
import io.millrace.functions.FunctionExample;
import io.millrace.functions.FunctionKind;
import io.millrace.pipeline.definition.FunctionsDefinition;
import io.millrace.pipeline.definition.FunctionsDefinition.Expression;
import io.millrace.planner.sql.SqlFunctionDefinition;
import io.millrace.planner.sql.SqlFunctionExpansion;
import io.millrace.session.SessionFunctions;
import java.util.Optional;

/** What a pipeline's own functions are for its session and for its statements. */
public final class PipelineFunctions {
    private PipelineFunctions() {}

    /** The functions of its session. */
    public static SessionFunctions session(FunctionsDefinition definition) {
        return SessionFunctions.with(
                definition.jars(),
                definition.expressions().stream().map(PipelineFunctions::entry).toList());
    }

    /** What expands calls of those that are expressions. */
    static SqlFunctionExpansion expansion(FunctionsDefinition definition) {
        return new SqlFunctionExpansion(
                definition.expressions().stream().map(Expression::function).toList());
    }

    private static FunctionEntry entry(Expression said) {
        SqlFunctionDefinition function = said.function();
        try {
            return new FunctionEntry(
                    new FunctionDescription(
                            function.name(),
                            FunctionKind.SCALAR,
                            function.arguments().entrySet().stream()
                                    .map(
                                            argument ->
                                                    ArgumentDescription.required(
                                                            argument.getKey(), argument.getValue()))
                                    .toList(),
                            false,
                            said.returns(),
                            Optional.empty(),
                            said.documentation(),
                            said.nulls(),
                            said.tags(),
                            "the pipeline",
                            1,
                            said.examples().stream().map(FunctionExample::of).toList()),
                    Optional.empty(),
                    "sql " + function.expression());
        } catch (IllegalArgumentException e) {
            throw new RefusedException(function.place() + ": " + e.getMessage() + ".", e);
        }
    }
}
