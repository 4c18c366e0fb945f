package io.millrace.pipeline;

import io.millrace.delta.table.RefusedException;
import io.millrace.pipeline.definition.PipelineDefinition;
import io.millrace.pipeline.definition.ResultDefinition;
import io.millrace.pipeline.definition.SourceDefinition;
import io.millrace.pipeline.definition.SqlText;
import io.millrace.planner.sql.SqlFunctionExpansion;
import io.millrace.planner.sql.SqlScript;
import io.millrace.planner.sql.SqlSource;
import io.millrace.planner.sql.SqlStatement;
import io.millrace.planner.sql.StatementGate;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The SQL of a pipeline, parsed and let through the gate: views and queries of results by name, in
 * the order written.
 */
record PipelineStatements(Map<String, SqlStatement> byName) {
    PipelineStatements {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    static PipelineStatements parse(PipelineDefinition definition) {
        Set<String> sources = new HashSet<>();
        for (SourceDefinition source : definition.sources()) {
            sources.add(source.name());
        }
        SqlFunctionExpansion functions = PipelineFunctions.expansion(definition.functions());
        Map<String, SqlStatement> statements = new LinkedHashMap<>();
        for (SqlText script : definition.scripts()) {
            for (SqlStatement view :
                    SqlScript.parse(source(script), StatementGate.PIPELINE_SCRIPT)) {
                String name = view.name().orElseThrow();
                if (sources.contains(name)
                        || statements.putIfAbsent(name, functions.expand(view)) != null) {
                    throw new RefusedException(
                            view.position()
                                    + ": the name '"
                                    + name
                                    + "' is taken already. Choose another.");
                }
            }
        }
        for (ResultDefinition result : definition.results()) {
            SqlStatement query = SqlScript.parseSingle(source(result.query()), StatementGate.QUERY);
            if (statements.putIfAbsent(result.name(), functions.expand(query)) != null) {
                throw result.place()
                        .refuse(
                                "the name '"
                                        + result.name()
                                        + "' is taken by a view. Choose another");
            }
        }
        return new PipelineStatements(statements);
    }

    private static SqlSource source(SqlText text) {
        return new SqlSource(text.file(), text.line(), text.text());
    }
}
