package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PollBenchmarkTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void measuresATableOfSoManyCommits(boolean checkpointed) {
        PollBenchmark benchmark = new PollBenchmark(folder.resolve("t").toString());
        benchmark.prepare(12, checkpointed);
        benchmark.prepare(3, checkpointed);

        PollRound round = benchmark.run();

        assertThat(round.commits()).isEqualTo(12);
        assertThat(round.look()).isPositive().isLessThan(round.open());
        assertThat(round.toDocument()).containsKeys("commits", "open_ms", "look_ms", "read_ms");
    }
}
