package io.millrace.session;

import io.millrace.planner.guards.GuardOptions;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Our own settings of a session, beside Flink's. */
@PublicEvolving
public final class SessionOptions {
    public static final ConfigOption<List<String>> STATEMENTS =
            ConfigOptions.key("millrace.sql.statements")
                    .stringType()
                    .asList()
                    .defaultValues("query", "explain", "show", "use")
                    .withDescription(
                            "What SQL scripts may contain, by statement kind or group of kinds."
                                    + " Decided when the session is opened: SET does not change it.");

    public static final ConfigOption<Long> MAX_ROWS =
            ConfigOptions.key("millrace.limits.rows")
                    .longType()
                    .defaultValue(1000L)
                    .withDescription(
                            "Rows of a query that are shown where it is not said otherwise.");

    public static final ConfigOption<Integer> MAX_PREPARED_STATEMENTS =
            ConfigOptions.key("millrace.limits.prepared-statements")
                    .intType()
                    .defaultValue(256)
                    .withDescription("Planned statements that a session keeps for their next use.");

    public static final ConfigOption<Boolean> STORE_ARTIFACTS =
            ConfigOptions.key("millrace.artifacts.store")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether plans and runs of commands are stored as tables of database 'artifacts'.");

    public static final ConfigOption<Integer> KEEP_RUNS =
            ConfigOptions.key("millrace.artifacts.keep-runs")
                    .intType()
                    .defaultValue(100)
                    .withDescription("Runs of each pipeline that stay when artifacts expire.");

    public static final ConfigOption<Integer> KEEP_DAYS =
            ConfigOptions.key("millrace.artifacts.keep-days")
                    .intType()
                    .defaultValue(30)
                    .withDescription("Days for which all runs stay when artifacts expire.");

    private SessionOptions() {}

    /** All of them, those of guards included. */
    static List<ConfigOption<?>> all() {
        return List.of(
                STATEMENTS,
                MAX_ROWS,
                MAX_PREPARED_STATEMENTS,
                STORE_ARTIFACTS,
                KEEP_RUNS,
                KEEP_DAYS,
                GuardOptions.CROSS_JOIN,
                GuardOptions.SINK_KEY,
                GuardOptions.CHANGE_FEED);
    }
}
