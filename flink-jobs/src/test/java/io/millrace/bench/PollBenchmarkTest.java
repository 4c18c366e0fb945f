package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PollBenchmarkTest {

    @TempDir private Path folder;

    @Test
    void measuresATableOfSoManyCommits() {
        PollBenchmark benchmark = new PollBenchmark(folder.resolve("t").toString());
        benchmark.prepare(12, line -> {});
        benchmark.prepare(3, line -> {});

        PollRound round = benchmark.run();

        assertThat(round.commits()).isEqualTo(12);
        assertThat(round.look()).isPositive().isLessThan(round.open());
        assertThat(round.toDocument()).containsKeys("commits", "open_ms", "look_ms", "read_ms");
    }
}
