package io.millrace.artifacts.store;

import static org.apache.flink.table.api.DataTypes.ARRAY;
import static org.apache.flink.table.api.DataTypes.BIGINT;
import static org.apache.flink.table.api.DataTypes.BOOLEAN;
import static org.apache.flink.table.api.DataTypes.DOUBLE;
import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.apache.flink.table.api.DataTypes.INT;
import static org.apache.flink.table.api.DataTypes.MAP;
import static org.apache.flink.table.api.DataTypes.ROW;
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.apache.flink.table.api.DataTypes.TIMESTAMP_LTZ;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes.Field;
import org.apache.flink.table.types.logical.RowType;

/**
 * The tables of plans and runs. Rows are only appended, and deleted as a whole by {@link
 * ArtifactExpiry}.
 */
public enum ArtifactTable {
    /** One row a plan and pipeline, written when it is planned for the first time. */
    BUNDLES(
            "plans, once each",
            id("plan_id"),
            id("pipeline"),
            time("captured_at"),
            text("flink_version"),
            text("functions_hash"),
            text("folder"),
            texts("source_datasets"),
            texts("result_datasets"),
            texts("warnings"),
            text("written_plan"),
            text("physical_plan"),
            text("sql_text")),
    /** What the columns of a plan's results come from; without a sink column: its rows. */
    LINEAGE(
            "columns of results and the columns that they come from",
            id("plan_id"),
            id("pipeline"),
            id("sink_dataset"),
            text("sink_column"),
            id("source_dataset"),
            id("source_column"),
            id("influence"),
            id("influence_subtype")),
    /** What the names of a plan stood for when it was planned for a run. */
    DATASETS(
            "what names stood for when a run was planned",
            id("run_id"),
            id("plan_id"),
            id("pipeline"),
            id("dataset"),
            id("dataset_role"),
            text("location"),
            text("table_id"),
            number("version"),
            texts("key_columns"),
            text("identity_hash"),
            text("protocol")),
    /** What each scan of a plan would read of the tables as they were. */
    SCAN_UNITS(
            "what scans read, as the tables were",
            id("run_id"),
            id("plan_id"),
            id("pipeline"),
            id("dataset"),
            number("version"),
            number("files_kept"),
            number("files_all"),
            number("bytes"),
            number("estimated_rows"),
            text("pushed_filter"),
            texts("column_names")),
    /** Settings that somebody made, as a plan was planned. */
    SETTINGS(
            "settings that somebody made, by plan",
            id("plan_id"),
            id("pipeline"),
            id("setting_name"),
            text("setting_value"),
            text("origin"),
            FIELD("decides_plan", BOOLEAN())),
    /** Snapshots of the function registry, once each. */
    FUNCTION_VERSIONS(
            "functions of each snapshot of the registry",
            id("functions_hash"),
            id("function_name"),
            FIELD("function_version", INT()),
            text("function_kind"),
            text("signature"),
            FIELD("is_deterministic", BOOLEAN()),
            text("implementation"),
            texts("tags")),
    /** Functions that a plan calls and that are not Flink's. */
    REQUIRED_FUNCTIONS(
            "functions that plans call",
            id("plan_id"),
            id("pipeline"),
            id("functions_hash"),
            id("function_name"),
            FIELD("function_version", INT())),
    /** Runs that have ended, by themselves or by a failure. */
    RUNS(
            "runs that have ended",
            id("run_id"),
            id("pipeline"),
            text("plan_id"),
            id("verb"),
            id("status"),
            time("started_at"),
            time("ended_at"),
            FIELD("seconds", DOUBLE()),
            text("job_id"),
            text("functions_hash"),
            text("sql_text"),
            text("error")),
    /** What happened to runs. */
    RUN_EVENTS(
            "what happened in runs",
            id("run_id"),
            id("pipeline"),
            time("happened_at"),
            id("event"),
            text("message")),
    /** What each operator of a job has done. */
    OPERATOR_METRICS(
            "what operators did, by node of the plan",
            id("run_id"),
            id("pipeline"),
            text("plan_id"),
            text("job_id"),
            time("measured_at"),
            FIELD("exec_node_id", INT()),
            id("operator"),
            text("description"),
            text("task"),
            FIELD("parallelism", INT()),
            number("rows_in"),
            number("rows_out"),
            number("busy_ms"),
            number("back_pressured_ms"),
            number("idle_ms"),
            number("state_bytes"),
            number("held_rows"),
            FIELD("skew", DOUBLE())),
    /** Commits of results. */
    COMMITS(
            "commits of results",
            id("run_id"),
            id("pipeline"),
            text("plan_id"),
            id("dataset"),
            text("table_id"),
            text("location"),
            number("version"),
            time("committed_at"),
            text("operation"),
            number("inserted"),
            number("updated"),
            number("deleted"),
            FIELD("source_versions", MAP(STRING().notNull(), BIGINT())),
            number("checkpoint_id")),
    /** How far runs were in their sources. */
    CURSORS(
            "how far runs were in their sources",
            id("run_id"),
            id("pipeline"),
            id("dataset"),
            text("table_id"),
            text("location"),
            number("from_version"),
            number("version"),
            number("rows_read"),
            time("recorded_at"));

    private final String comment;

    @SuppressWarnings("ImmutableEnumChecker") // Flink's types are immutable, but not marked so.
    private final RowType rowType;

    ArtifactTable(String comment, Field... columns) {
        this.comment = comment;
        this.rowType = (RowType) ROW(columns).notNull().getLogicalType();
    }

    /** Its name in SQL, and that of its folder. */
    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What its rows are. */
    public String comment() {
        return comment;
    }

    public RowType rowType() {
        return rowType;
    }

    /** The table of a name. */
    public static Optional<ArtifactTable> named(String name) {
        return Arrays.stream(values()).filter(table -> table.tableName().equals(name)).findAny();
    }

    /** All names, sorted. */
    public static List<String> names() {
        return Arrays.stream(values()).map(ArtifactTable::tableName).sorted().toList();
    }

    private static Field id(String name) {
        return FIELD(name, STRING().notNull());
    }

    private static Field text(String name) {
        return FIELD(name, STRING());
    }

    private static Field texts(String name) {
        return FIELD(name, ARRAY(STRING().notNull()));
    }

    private static Field number(String name) {
        return FIELD(name, BIGINT());
    }

    private static Field time(String name) {
        return FIELD(name, TIMESTAMP_LTZ(6));
    }
}
