package io.millrace.delta.source.metadata;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.table.CommitSummary;
import io.millrace.delta.table.DeltaTable;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;

/** The commits of a table as rows. */
final class HistoryRows {

    private static final DataType TEXT = DataTypes.STRING();
    private static final DataType TEXTS = DataTypes.MAP(TEXT.notNull(), TEXT);

    static final List<Field> COLUMNS =
            List.of(
                    DataTypes.FIELD("version", DataTypes.BIGINT().notNull()),
                    DataTypes.FIELD("commit_timestamp", DataTypes.TIMESTAMP_LTZ(3).notNull()),
                    DataTypes.FIELD("operation", TEXT),
                    DataTypes.FIELD("parameters", TEXTS.notNull()),
                    DataTypes.FIELD("metrics", TEXTS.notNull()),
                    DataTypes.FIELD("engine", TEXT),
                    DataTypes.FIELD("is_blind_append", DataTypes.BOOLEAN()),
                    DataTypes.FIELD("pipeline", TEXT),
                    DataTypes.FIELD("run_id", TEXT),
                    DataTypes.FIELD("plan_id", TEXT),
                    DataTypes.FIELD("checkpoint_id", DataTypes.BIGINT()));

    private HistoryRows() {}

    static CloseableIterator<RowData> read(DeltaTable table, long version, List<String> columns) {
        return table.log()
                .history(table.log().firstVersion())
                .takeWhile(commit -> commit.version() <= version)
                .map(commit -> Values.row(columns, column -> value(column, commit)));
    }

    private static Object value(String column, CommitSummary commit) {
        return switch (column) {
            case "version" -> commit.version();
            case "commit_timestamp" -> TimestampData.fromEpochMillis(commit.timestamp());
            case "operation" ->
                    commit.info().operation().isEmpty()
                            ? null
                            : StringData.fromString(commit.info().operation());
            case "parameters" -> Values.texts(commit.info().parameters());
            case "metrics" -> Values.texts(commit.metrics());
            case "engine" -> commit.engine().map(StringData::fromString).orElse(null);
            case "is_blind_append" -> commit.blindAppend().orElse(null);
            case "pipeline" -> recorded(commit, "millrace.pipeline");
            case "run_id" -> recorded(commit, "millrace.run");
            case "plan_id" -> recorded(commit, "millrace.plan");
            case "checkpoint_id" -> checkpoint(commit.info().parameters());
            default -> throw new IllegalArgumentException("no column " + column);
        };
    }

    private static Long checkpoint(Map<String, String> parameters) {
        String id = parameters.getOrDefault("millrace.checkpoint", "");
        return id.matches("\\d{1,18}") ? Long.valueOf(id) : null;
    }

    /** What our own commits say of the run that made them. */
    private static StringData recorded(CommitSummary commit, String parameter) {
        return StringData.fromString(commit.info().parameters().get(parameter));
    }
}
