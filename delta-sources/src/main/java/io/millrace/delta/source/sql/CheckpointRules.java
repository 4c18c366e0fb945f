package io.millrace.delta.source.sql;

import io.millrace.delta.source.sql.DeltaSourceOptions.Consistency;
import io.millrace.delta.table.RefusedException;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.execution.CheckpointingMode;

/**
 * Refuses checkpoints that do not fall between two versions: the sequencer relies on barriers that
 * wait for each other and that rows do not overtake.
 */
final class CheckpointRules {

    private CheckpointRules() {}

    static void check(String dataset, Consistency consistency, ReadableConfig config) {
        if (consistency == Consistency.EVENTUAL) {
            return;
        }
        if (config.get(CheckpointingOptions.ENABLE_UNALIGNED)) {
            Duration timeout = config.get(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT);
            throw refused(
                    dataset,
                    timeout.isZero()
                            ? "checkpoints are unaligned"
                            : "checkpoints become unaligned after " + timeout.toMillis() + " ms",
                    "Set '" + CheckpointingOptions.ENABLE_UNALIGNED.key() + "' to 'false'");
        }
        if (config.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE)
                == CheckpointingMode.AT_LEAST_ONCE) {
            throw refused(
                    dataset,
                    "checkpoints are taken at least once",
                    "Set '"
                            + CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE.key()
                            + "' to 'EXACTLY_ONCE'");
        }
    }

    private static RefusedException refused(String dataset, String found, String todo) {
        return new RefusedException(
                "%s: cannot keep versions whole: %s, so a barrier may overtake rows of a version. %s, or accept parts of versions with '%s' = '%s'."
                        .formatted(
                                dataset,
                                found,
                                todo,
                                DeltaSourceOptions.SCAN_CONSISTENCY.key(),
                                Consistency.EVENTUAL));
    }
}
