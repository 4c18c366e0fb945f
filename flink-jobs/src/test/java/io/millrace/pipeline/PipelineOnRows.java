package io.millrace.pipeline;

import io.millrace.functions.MillraceModule;
import io.millrace.pipeline.definition.PipelineDefinition;
import io.millrace.pipeline.definition.PipelineReader;
import io.millrace.planner.sql.SqlParameters;
import io.millrace.planner.sql.SqlStatement;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;

/** The SQL of a shipped pipeline over rows in memory instead of tables. */
final class PipelineOnRows {

    /** Rows of a source; the first column is its key. */
    record Source(Schema schema, TypeInformation<Row> type, List<Row> rows) {}

    private final PipelineStatements statements;
    private final Set<String> declared = new HashSet<>();
    private final StreamTableEnvironment tables;

    private PipelineOnRows(PipelineStatements statements, StreamTableEnvironment tables) {
        this.statements = statements;
        this.tables = tables;
    }

    /** What the changes of the sources add up to, by result: each row with its count. */
    static Map<String, Map<Row, Integer>> streamed(
            String pipeline, Map<String, Source> changes, int parallelism) throws Exception {
        return results(pipeline, changes, parallelism, true);
    }

    /** The results over the rows of the sources. */
    static Map<String, Map<Row, Integer>> batch(String pipeline, Map<String, Source> rows)
            throws Exception {
        return results(pipeline, rows, 1, false);
    }

    private static Map<String, Map<Row, Integer>> results(
            String pipeline, Map<String, Source> sources, int parallelism, boolean streaming)
            throws Exception {
        PipelineDefinition definition = PipelineReader.read(Path.of("pipelines", pipeline));
        Configuration options = new Configuration();
        options.setString("pipeline.generic-types", "false");
        options.setString("restart-strategy.type", "none");
        StreamExecutionEnvironment cluster =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        cluster.setParallelism(parallelism);
        EnvironmentSettings.Builder settings = EnvironmentSettings.newInstance();
        StreamTableEnvironment tables =
                StreamTableEnvironment.create(
                        cluster,
                        streaming
                                ? settings.inStreamingMode().build()
                                : settings.inBatchMode().build());
        tables.getConfig().set("table.local-time-zone", "UTC");
        tables.loadModule(MillraceModule.NAME, new MillraceModule());
        sources.forEach(
                (name, source) -> {
                    DataStream<Row> stream = stream(cluster, source);
                    tables.createTemporaryView(
                            name,
                            streaming
                                    ? tables.fromChangelogStream(stream, source.schema())
                                    : tables.fromDataStream(stream, source.schema()));
                });
        PipelineOnRows pipelineOnRows =
                new PipelineOnRows(
                        PipelineStatements.parse(definition, SqlParameters.NONE), tables);
        Map<String, Map<Row, Integer>> results = new TreeMap<>();
        for (var result : definition.results()) {
            results.put(result.name(), pipelineOnRows.result(result.name()));
        }
        return results;
    }

    /** Flink has no stream of an empty collection. */
    private static DataStream<Row> stream(StreamExecutionEnvironment cluster, Source source) {
        if (source.rows().isEmpty()) {
            Row nothing = new Row(source.type().getArity());
            return cluster.fromData(List.of(nothing), source.type()).filter(row -> false);
        }
        return cluster.fromData(source.rows(), source.type());
    }

    private Map<Row, Integer> result(String name) throws Exception {
        declare(name);
        Map<Row, Integer> counts = new HashMap<>();
        try (CloseableIterator<Row> rows = tables.from(name).execute().collect()) {
            while (rows.hasNext()) {
                Row row = rows.next();
                RowKind kind = row.getKind();
                boolean gone = kind == RowKind.DELETE || kind == RowKind.UPDATE_BEFORE;
                row.setKind(RowKind.INSERT);
                counts.merge(row, gone ? -1 : 1, Integer::sum);
            }
        }
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private void declare(String name) {
        SqlStatement statement = statements.byName().get(name);
        if (statement == null || !declared.add(name)) {
            return;
        }
        statement.tables().forEach(this::declare);
        if (statement.name().isPresent()) {
            tables.executeSql(statement.text());
        } else {
            tables.createTemporaryView(name, tables.sqlQuery(statement.text()));
        }
    }
}
