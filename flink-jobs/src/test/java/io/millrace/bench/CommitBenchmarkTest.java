package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitBenchmarkTest {

    @TempDir private Path folder;

    @Test
    void measuresEachPowerOfTenAndTheEnd() {
        List<CommitRound> rounds = new ArrayList<>();

        new CommitBenchmark(folder).run(25, rounds::add);

        assertThat(rounds).extracting(CommitRound::commits).containsExactly(10L, 25L);
        assertThat(rounds.get(1).p50()).isPositive().isLessThanOrEqualTo(rounds.get(1).p95());
    }
}
