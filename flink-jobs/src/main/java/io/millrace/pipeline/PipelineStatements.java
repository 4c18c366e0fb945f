package io.millrace.pipeline;

import io.millrace.delta.table.RefusedException;
import io.millrace.pipeline.definition.PipelineDefinition;
import io.millrace.pipeline.definition.ResultDefinition;
import io.millrace.pipeline.definition.SourceDefinition;
import io.millrace.pipeline.definition.SqlText;
import io.millrace.planner.sql.SqlFunctionExpansion;
import io.millrace.planner.sql.SqlParameters;
import io.millrace.planner.sql.SqlProblem;
import io.millrace.planner.sql.SqlProblemsException;
import io.millrace.planner.sql.SqlScript;
import io.millrace.planner.sql.SqlSource;
import io.millrace.planner.sql.SqlStatement;
import io.millrace.planner.sql.StatementGate;
import io.millrace.session.StrictYaml.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The SQL of a pipeline, parsed and let through the gate: views and queries of results by name, in
 * the order written.
 *
 * @param problems of statements that are not among them; nothing runs where there are any
 */
record PipelineStatements(Map<String, SqlStatement> byName, List<SqlProblem> problems) {
    PipelineStatements {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
        problems = List.copyOf(problems);
    }

    static PipelineStatements parse(PipelineDefinition definition, SqlParameters parameters) {
        return new Parser(definition, parameters).parse();
    }

    private static final class Parser {
        private final PipelineDefinition definition;
        private final SqlParameters parameters;
        private final SqlFunctionExpansion functions;
        private final Map<String, SqlStatement> statements = new LinkedHashMap<>();
        private final List<SqlProblem> problems = new ArrayList<>();

        Parser(PipelineDefinition definition, SqlParameters parameters) {
            this.definition = definition;
            this.parameters = parameters;
            this.functions = PipelineFunctions.expansion(definition.functions());
        }

        PipelineStatements parse() {
            Set<String> sources = new HashSet<>();
            for (SourceDefinition source : definition.sources()) {
                sources.add(source.name());
            }
            for (SqlText script : definition.scripts()) {
                for (SqlStatement view : parsed(script, StatementGate.PIPELINE_SCRIPT)) {
                    String name = view.name().orElseThrow();
                    if (sources.contains(name) || statements.containsKey(name)) {
                        String problem = "the name '" + name + "' is taken already.";
                        problems.add(problem(view, problem + " Choose another."));
                    } else {
                        add(name, view);
                    }
                }
            }
            for (ResultDefinition result : definition.results()) {
                for (SqlStatement query : parsed(result.query(), StatementGate.QUERY)) {
                    if (statements.containsKey(result.name())) {
                        Place place = result.place();
                        String problem = "the name '" + result.name() + "' is taken by a view.";
                        problems.add(
                                new SqlProblem(
                                        place.file(),
                                        place.line(),
                                        place.column(),
                                        problem + " Choose another."));
                    } else {
                        add(result.name(), query);
                    }
                }
            }
            return new PipelineStatements(statements, problems);
        }

        private List<SqlStatement> parsed(SqlText text, StatementGate gate) {
            SqlSource source = new SqlSource(text.file(), text.line(), text.text());
            try {
                return gate.equals(StatementGate.QUERY)
                        ? List.of(SqlScript.parseSingle(source, gate, parameters))
                        : SqlScript.parse(source, gate, parameters);
            } catch (SqlProblemsException e) {
                problems.addAll(e.problems());
                return List.of();
            }
        }

        private void add(String name, SqlStatement statement) {
            try {
                statements.put(name, functions.expand(statement));
            } catch (RefusedException e) {
                problems.add(SqlProblem.of(statement, e));
            }
        }

        private static SqlProblem problem(SqlStatement statement, String message) {
            return new SqlProblem(statement.file(), statement.line(), statement.column(), message);
        }
    }
}
