package io.millrace.planner.guards;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** What the guards of a session do: off, warn or refuse. */
@PublicEvolving
public final class GuardOptions {
    public static final ConfigOption<GuardMode> CROSS_JOIN =
            option(
                    "cross-join",
                    GuardMode.WARN,
                    "Joins without a condition that compares columns of both sides for equality.");

    public static final ConfigOption<GuardMode> SINK_KEY =
            option(
                    "sink-key",
                    GuardMode.WARN,
                    "Targets whose key does not follow from a key of the query, so that two rows of"
                            + " the query may be one of the target.");

    public static final ConfigOption<GuardMode> CHANGE_FEED =
            option(
                    "change-feed",
                    GuardMode.WARN,
                    "Tables that are read as a stream of changes and have no change feed switched"
                            + " on.");

    private GuardOptions() {}

    private static ConfigOption<GuardMode> option(String name, GuardMode usual, String what) {
        return ConfigOptions.key("millrace.guards." + name)
                .enumType(GuardMode.class)
                .defaultValue(usual)
                .withDescription(what);
    }
}
