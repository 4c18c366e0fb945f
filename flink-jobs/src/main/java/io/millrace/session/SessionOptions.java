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

    private SessionOptions() {}

    /** All of them, those of guards included. */
    static List<ConfigOption<?>> all() {
        return List.of(
                STATEMENTS,
                MAX_ROWS,
                MAX_PREPARED_STATEMENTS,
                GuardOptions.CROSS_JOIN,
                GuardOptions.SINK_KEY,
                GuardOptions.CHANGE_FEED);
    }
}
