package io.millrace.session;

import io.millrace.delta.table.Secrets;
import io.millrace.planner.sql.StatementKind;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.configuration.BatchExecutionOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ResourceManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateChangelogOptions;
import org.apache.flink.configuration.StateLatencyTrackOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.api.config.OptimizerConfigOptions;
import org.apache.flink.table.api.config.TableConfigOptions;

/** Flink's options of planner, job and cluster, and ours, by key. */
final class KnownOptions {
    private static final List<Class<?>> CLASSES =
            List.of(
                    BatchExecutionOptions.class,
                    CheckpointingOptions.class,
                    ClusterOptions.class,
                    CoreOptions.class,
                    DeploymentOptions.class,
                    ExecutionConfigOptions.class,
                    ExecutionOptions.class,
                    HeartbeatManagerOptions.class,
                    JobManagerOptions.class,
                    MetricOptions.class,
                    NettyShuffleEnvironmentOptions.class,
                    OptimizerConfigOptions.class,
                    PipelineOptions.class,
                    ResourceManagerOptions.class,
                    RestOptions.class,
                    RestartStrategyOptions.class,
                    RpcOptions.class,
                    StateBackendOptions.class,
                    StateChangelogOptions.class,
                    StateLatencyTrackOptions.class,
                    StateRecoveryOptions.class,
                    TableConfigOptions.class,
                    TaskManagerOptions.class,
                    WebOptions.class);

    private static final SortedMap<String, ConfigOption<?>> OPTIONS = read();

    private KnownOptions() {}

    /**
     * Why a setting cannot have a value, or is none; a sentence without its full stop. Empty where
     * nothing is wrong, or the key is not known.
     */
    static Optional<String> problem(String key, String value) {
        ConfigOption<?> option = OPTIONS.get(key);
        if (option == null) {
            return key.startsWith("millrace.") && !SessionProfile.isOfStorage(key)
                    ? Optional.of("there is no setting '" + key + "'")
                    : Optional.empty();
        }
        try {
            Object parsed = Configuration.fromMap(Map.of(key, value)).get(option);
            if (parsed instanceof Number number && number.longValue() < minimum(key)) {
                throw new IllegalArgumentException("must be at least " + minimum(key));
            }
            if (option.equals(SessionOptions.STATEMENTS)) {
                StatementKind.ofNames(List.of(value.split(";")));
            } else if (option.equals(TableConfigOptions.LOCAL_TIME_ZONE)) {
                ZoneId.of(value);
            }
            return Optional.empty();
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.of(
                    "'"
                            + Secrets.shown(key, value)
                            + "' is no value of '"
                            + key
                            + "': "
                            + (Secrets.isSecret(key) ? "it cannot be read" : reason(e)));
        }
    }

    private static long minimum(String key) {
        boolean counts =
                key.equals(CoreOptions.DEFAULT_PARALLELISM.key())
                        || key.startsWith("millrace.limits.");
        return counts ? 1 : Long.MIN_VALUE;
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    /** Values of those that have a default which is the same on all machines. */
    static SortedMap<String, String> defaults() {
        SortedMap<String, String> defaults = new TreeMap<>();
        OPTIONS.forEach(
                (key, option) -> {
                    if (option.hasDefaultValue() && !key.equals(CoreOptions.TMP_DIRS.key())) {
                        defaults.put(key, text(option));
                    }
                });
        return defaults;
    }

    private static <T> String text(ConfigOption<T> option) {
        Configuration configuration = new Configuration();
        configuration.set(option, option.defaultValue());
        return configuration.toMap().getOrDefault(option.key(), "");
    }

    private static SortedMap<String, ConfigOption<?>> read() {
        Map<String, ConfigOption<?>> found = new TreeMap<>();
        for (Class<?> type : CLASSES) {
            for (Field field : type.getFields()) {
                if (Modifier.isStatic(field.getModifiers())
                        && field.getType() == ConfigOption.class) {
                    try {
                        ConfigOption<?> option = (ConfigOption<?>) field.get(null);
                        found.putIfAbsent(option.key(), option);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        }
        SessionOptions.all().forEach(option -> found.put(option.key(), option));
        return Collections.unmodifiableSortedMap(new TreeMap<>(found));
    }
}
