package io.millrace.pipeline.definition;

import io.millrace.planner.sql.SqlFunctionDefinition;
import java.nio.file.Path;
import java.util.List;

/**
 * The functions that a pipeline brings.
 *
 * @param jars jars with functions
 * @param expressions functions that are SQL expressions, each with what is said of it
 */
public record FunctionsDefinition(List<Path> jars, List<Expression> expressions) {
    public static final FunctionsDefinition NONE = new FunctionsDefinition(List.of(), List.of());

    /** A function that is an expression, and what is said of it. */
    public record Expression(
            SqlFunctionDefinition function,
            String returns,
            String documentation,
            String nulls,
            List<String> tags,
            List<String> examples) {
        public Expression {
            tags = List.copyOf(tags);
            examples = List.copyOf(examples);
        }
    }

    public FunctionsDefinition {
        jars = List.copyOf(jars);
        expressions = List.copyOf(expressions);
    }
}
