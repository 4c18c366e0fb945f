package io.millrace.delta.dataset;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * What changes from run to run. These options stand in the session's configuration, never in table
 * options or plans, so that an unchanged pipeline keeps its plan and with it its state.
 */
@PublicEvolving
public final class RunOptions {

    public static final ConfigOption<String> RUN_ID =
            ConfigOptions.key("millrace.run.id")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The id of this run; recorded in every commit.");

    public static final ConfigOption<String> PIPELINE =
            ConfigOptions.key("millrace.run.pipeline")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The pipeline that runs; part of the default sink ids.");

    public static final ConfigOption<String> PLAN_ID =
            ConfigOptions.key("millrace.run.plan-id")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The identity of the plan that runs; recorded in commits.");

    public static final ConfigOption<Map<String, String>> END_VERSIONS =
            ConfigOptions.key("millrace.run.end-versions")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription(
                            "Dataset to table version: the last version of each source that this "
                                    + "run reads. After it the source stays silent, or ends when "
                                    + "the run is bounded.");

    public static final ConfigOption<Boolean> BOUNDED =
            ConfigOptions.key("millrace.run.bounded")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether sources end after their last version. A source without an "
                                    + "end version then ends after the newest version there is "
                                    + "when it starts.");

    public static final ConfigOption<Boolean> REBUILD =
            ConfigOptions.key("millrace.run.rebuild")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether the results are computed anew from snapshots of the sources "
                                    + "and only the differences are written.");

    public static final ConfigOption<Boolean> FENCE =
            ConfigOptions.key("millrace.run.fence")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether an earlier run may still be alive, so that each result begins "
                                    + "with a commit without rows that keeps it from committing.");

    public static final ConfigOption<String> INSERT_ONLY_SINKS =
            ConfigOptions.key("millrace.run.insert-only-sinks")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Tables, separated by ';', whose input only inserts: a compiled plan "
                                    + "knows it, but does not tell the sinks that are made from "
                                    + "it.");

    public static final ConfigOption<Duration> POLL_INTERVAL =
            ConfigOptions.key("millrace.run.poll-interval")
                    .durationType()
                    .defaultValue(Duration.ofMillis(200))
                    .withDescription("How often a source looks for new versions of its table.");

    public static final ConfigOption<String> CONSUMERS =
            ConfigOptions.key("millrace.run.consumers")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The folder in which pipelines record their positions in tables, for "
                                    + "sources that start at one of them.");

    public static final ConfigOption<Map<String, String>> STORAGE =
            ConfigOptions.key("millrace.storage")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription(
                            "How tables are reached, by Hadoop's keys, such as "
                                    + "'millrace.storage.fs.s3a.endpoint'; 'core-site' names a file of "
                                    + "such options. Credentials may stand here, and are not shown.");

    public static final ConfigOption<Boolean> JOIN_FILTERS =
            ConfigOptions.key("millrace.run.join-filters")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether a join in a batch job may tell the scan of a partitioned table "
                                    + "which partitions it needs. For planners that pair the join's "
                                    + "keys rightly, as those of a session of Millrace do.");

    private RunOptions() {}
}
