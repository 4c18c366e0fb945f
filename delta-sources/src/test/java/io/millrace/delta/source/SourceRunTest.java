package io.millrace.delta.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.dataset.RunOptions;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class SourceRunTest {

    @Test
    void followsTheTableWhereNothingIsSaid() {
        SourceRun run = SourceRun.of(new Configuration(), "orders");

        assertThat(run).isEqualTo(SourceRun.following(Duration.ofMillis(200)).withoutCheckpoints());
        assertThat(run.endVersion()).isEmpty();
    }

    @Test
    void takesTheVersionOfItsOwnDataset() {
        Configuration config = new Configuration();
        config.set(RunOptions.END_VERSIONS, Map.of("orders", "17", "customers", "3"));
        config.set(RunOptions.BOUNDED, true);
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        config.set(RunOptions.POLL_INTERVAL, Duration.ofMillis(5));

        assertThat(SourceRun.of(config, "orders"))
                .isEqualTo(new SourceRun(17, true, Duration.ofMillis(5)));
        assertThat(SourceRun.of(config, "items").endVersion()).isEmpty();
    }

    @Test
    void refusesAPollIntervalOfNothing() {
        assertThatThrownBy(() -> SourceRun.following(Duration.ZERO))
                .hasMessageContaining("pollInterval is less than a millisecond");
    }
}
