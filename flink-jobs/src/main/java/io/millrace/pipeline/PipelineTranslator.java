package io.millrace.pipeline;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.DatasetResolution;
import io.millrace.artifacts.NamedQuery;
import io.millrace.artifacts.PlanningInput;
import io.millrace.catalog.ResultTable;
import io.millrace.delta.dataset.Dataset;
import io.millrace.delta.sink.sql.DeltaSinkOptions;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.types.DeltaTypes;
import io.millrace.pipeline.definition.ResultDefinition;
import io.millrace.pipeline.definition.SourceDefinition;
import io.millrace.planner.sql.SqlStatement;
import io.millrace.session.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.ddl.CreateViewOperation;
import org.apache.flink.table.types.logical.RowType;

/**
 * Declares a pipeline in a session: sources, then views and results in the order in which they need
 * each other, then one INSERT for each result. A result that something refers to is its query,
 * never its table.
 */
final class PipelineTranslator {
    private final BoundPipeline pipeline;
    private final PipelineStatements statements;
    private final Session session;
    private final Map<String, Table> results = new LinkedHashMap<>();
    private final Set<String> declared = new LinkedHashSet<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final ColumnKinds kinds;
    private final Preflight checked;
    private final List<DatasetResolution> datasets = new ArrayList<>();

    private PipelineTranslator(
            BoundPipeline pipeline, PipelineStatements statements, Session session) {
        this.pipeline = requireNonNull(pipeline, "pipeline is null");
        this.statements = requireNonNull(statements, "statements is null");
        this.session = requireNonNull(session, "session is null");
        this.checked = new Preflight(statements.problems());
        this.kinds = new ColumnKinds(pipeline.definition().kinds());
    }

    /**
     * Checks every statement: parsed, validated, resolved, with the types of its columns.
     *
     * @throws io.millrace.planner.sql.SqlProblemsException with all that is wrong
     */
    static List<CheckedStatement> check(
            BoundPipeline pipeline, PipelineStatements statements, Session session) {
        PipelineTranslator translator = new PipelineTranslator(pipeline, statements, session);
        translator.declare();
        return translator.checked.statements();
    }

    /**
     * Declares everything; nothing is planned yet.
     *
     * @throws io.millrace.planner.sql.SqlProblemsException with all that is wrong
     */
    static PlanningInput declare(
            BoundPipeline pipeline, PipelineStatements statements, Session session) {
        return new PipelineTranslator(pipeline, statements, session).declare();
    }

    private PlanningInput declare() {
        checkNoHints();
        for (SourceDefinition source : pipeline.definition().sources()) {
            Dataset dataset = session.catalog().registerSource(pipeline.source(source));
            kinds.source(dataset);
            datasets.add(
                    DatasetResolution.ofSource(
                            dataset.scan(),
                            dataset.snapshot().metadata().id(),
                            dataset.version(),
                            dataset.snapshot().protocol()));
        }
        statements.byName().forEach(this::declareOnce);
        StatementSet inserts = session.tables().createStatementSet();
        for (ResultDefinition result : pipeline.definition().results()) {
            if (results.containsKey(result.name())) {
                registerChecked(result);
            }
        }
        checked.refuseProblems();
        for (ResultDefinition result : pipeline.definition().results()) {
            inserts.addInsertSql(
                    "INSERT INTO `delta`.`results`.`%s` SELECT * FROM `%s`"
                            .formatted(result.name(), result.name()));
        }
        return new PlanningInput(
                pipeline.name(),
                session.tables(),
                inserts,
                session.settings(),
                session.functions(),
                session.registry(),
                DefinitionFiles.origin(pipeline).with(queries()),
                datasets);
    }

    private Map<String, NamedQuery> queries() {
        Map<String, NamedQuery> queries = new LinkedHashMap<>();
        statements
                .byName()
                .forEach(
                        (name, statement) ->
                                queries.put(
                                        name,
                                        new NamedQuery(
                                                statement.text(),
                                                List.copyOf(statement.tables()))));
        return queries;
    }

    /** Compiled plans hold no options of tables, so a run would go without those of hints. */
    private void checkNoHints() {
        ConfigOption<Boolean> hints = TableConfigOptions.TABLE_DYNAMIC_TABLE_OPTIONS_ENABLED;
        if (session.tables().getConfig().get(hints)) {
            throw new RefusedException(
                    "%s: cannot be planned with '%s' = 'true': options in hints are no part of a plan, and its runs would read sources without them. Take the setting out of the profile, and the hints out of the definition."
                            .formatted(pipeline.name(), hints.key()));
        }
    }

    private void declareOnce(String name, SqlStatement statement) {
        if (declared.contains(name)) {
            return;
        }
        if (!open.add(name)) {
            checked.isCircle(name, statement, open);
            return;
        }
        for (String used : statement.tables()) {
            SqlStatement definition = statements.byName().get(used);
            if (definition != null) {
                declareOnce(used, definition);
            }
        }
        declared.add(name);
        open.remove(name);
        if (!checked.canBeChecked(statement)) {
            checked.isNotThere(name);
            return;
        }
        try {
            if (statement.name().isPresent()) {
                createView(statement);
                checked.add(name, statement, session.tables().from("`" + name + "`"));
            } else {
                Table table = session.tables().sqlQuery(statement.padded());
                session.tables().createTemporaryView("`" + name + "`", table);
                results.put(name, table);
                checked.add(name, statement, table);
            }
        } catch (RuntimeException e) {
            checked.failed(name, statement, e);
        }
    }

    /** A pipeline's views are its own: none stays in the catalog, or meets what is there. */
    private void createView(SqlStatement statement) {
        TableEnvironmentInternal tables = (TableEnvironmentInternal) session.tables();
        for (Operation operation : tables.getParser().parse(statement.padded())) {
            CreateViewOperation view = (CreateViewOperation) operation;
            tables.executeInternal(
                    new CreateViewOperation(
                            view.getViewIdentifier(),
                            view.getCatalogView(),
                            view.isIgnoreIfExists(),
                            true));
        }
    }

    private void registerChecked(ResultDefinition result) {
        try {
            registerResult(result);
        } catch (RefusedException | ValidationException e) {
            checked.failed(result.name(), statements.byName().get(result.name()), e);
        }
    }

    private void registerResult(ResultDefinition result) {
        String name = result.name();
        Table table = results.get(name);
        RowType asQueried =
                (RowType) table.getResolvedSchema().toPhysicalRowDataType().getLogicalType();
        RowType rowType = DeltaTypes.toRowType(DeltaTypes.toStructType(asQueried));
        String location = pipeline.results().get(name);
        DatasetResolution resolution =
                ResultTables.resolve(pipeline.resultTable(name), rowType, result);
        datasets.add(resolution);
        session.catalog()
                .registerResult(
                        new ResultTable(
                                name,
                                location,
                                ResultTables.nullable(rowType),
                                result.key(),
                                result.partitionBy(),
                                result.comment(),
                                options(result, table)));
    }

    private Map<String, String> options(ResultDefinition result, Table table) {
        Map<String, String> columns = kinds.result(result.name(), table, session.registry());
        if (columns.isEmpty()) {
            return result.options();
        }
        Map<String, String> options = new LinkedHashMap<>(result.options());
        options.put(DeltaSinkOptions.SINK_COLUMN_KINDS.key(), ColumnKinds.option(columns));
        return options;
    }
}
