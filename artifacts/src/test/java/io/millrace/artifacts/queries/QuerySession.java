package io.millrace.artifacts.queries;

import io.millrace.artifacts.capture.PlannedStages;
import io.millrace.artifacts.lineage.Lineage;
import io.millrace.artifacts.lineage.PlanLineage;
import io.millrace.functions.FunctionRegistry;
import io.millrace.functions.MillraceModule;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.functions.TableFunction;
import org.apache.flink.table.operations.CollectModifyOperation;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.QueryOperation;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** A session with the tables of the cases. */
public final class QuerySession {
    private final TableEnvironment tables;

    private QuerySession(TableEnvironment tables) {
        this.tables = tables;
        tables.loadModule(MillraceModule.NAME, new MillraceModule());
        tables.createTemporarySystemFunction("split_words", SplitWords.class);
    }

    public static QuerySession streaming() {
        QuerySession session =
                new QuerySession(TableEnvironment.create(EnvironmentSettings.inStreamingMode()));
        session.declare(Map.of(), false);
        return session;
    }

    /**
     * A session that runs queries, on tables without updates.
     *
     * @param cluster where it runs them
     */
    static QuerySession batch(URI cluster) {
        Configuration configuration = new Configuration();
        configuration.set(DeploymentOptions.TARGET, "remote");
        configuration.set(RestOptions.ADDRESS, cluster.getHost());
        configuration.set(RestOptions.PORT, cluster.getPort());
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, 1);
        QuerySession session =
                new QuerySession(
                        TableEnvironment.create(
                                EnvironmentSettings.newInstance()
                                        .inBatchMode()
                                        .withConfiguration(configuration)
                                        .build()));
        session.declare(Map.of(), true);
        return session;
    }

    public TableEnvironment tables() {
        return tables;
    }

    /**
     * Makes the tables anew.
     *
     * @param salts by table, what gives columns other values ({@code column:number,..})
     */
    void declare(Map<String, String> salts, boolean runnable) {
        for (String statement : QueryCase.file("tables.sql").split(";\n")) {
            String name = statement.strip().split(" ")[2];
            String declared =
                    runnable ? statement.replace(", 'changelog' = 'true'", "") : statement;
            tables.executeSql("DROP TABLE IF EXISTS " + name);
            tables.executeSql(
                    declared.replace(
                            "'connector' = 'test'",
                            "'connector' = 'test', 'salts' = '"
                                    + salts.getOrDefault(name, "")
                                    + "'"));
        }
    }

    PlannedStages plan(String sql) {
        List<ModifyOperation> statements =
                List.of(
                        new CollectModifyOperation(
                                (QueryOperation)
                                        ((TableEnvironmentImpl) tables)
                                                .getParser()
                                                .parse(sql)
                                                .get(0)));
        return PlannedStages.of(tables, statements, false);
    }

    Lineage lineage(String sql) {
        return PlanLineage.of(plan(sql).logical(), FunctionRegistry.standard());
    }

    /** Rows of a query's result, sorted. */
    List<String> rows(String sql) throws Exception {
        try (CloseableIterator<Row> found = tables.executeSql(sql).collect()) {
            List<String> rows = new ArrayList<>();
            found.forEachRemaining(row -> rows.add(row.toString()));
            return rows.stream().sorted().collect(Collectors.toList());
        }
    }

    /** Words of a text. */
    @FunctionHint(output = @DataTypeHint("ROW<word STRING>"))
    public static final class SplitWords extends TableFunction<Row> {
        private static final long serialVersionUID = 1L;

        public void eval(String text) {
            for (String word : text.split(" ")) {
                collect(Row.of(word));
            }
        }
    }
}
