package io.millrace.tests.harness;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * At every committed version a target is its query over exactly one version of each source, and its
 * feed is the difference of its versions.
 */
class ConsistencyITCase {

    private static SharedCluster shared;

    /** Raised for a long search: {@code -Dconsistency.rounds=200}. */
    private static final int MORE_ROUNDS = Integer.getInteger("consistency.rounds", 0);

    @TempDir Path folder;

    @BeforeAll
    static void startCluster() throws Exception {
        shared = SharedCluster.start(4);
    }

    @AfterAll
    static void stopCluster() throws Exception {
        shared.close();
    }

    @ParameterizedTest(name = "seed {0}: {1} and {2} at parallelism {3}")
    @CsvSource({
        "1, COPY, COPY, 1",
        "2, COPY, AGGREGATE, 2",
        "3, AGGREGATE, COPY, 4",
        "4, JOIN, COPY, 4",
        "5, JOIN, JOIN, 4",
        "6, SELF_JOIN, AGGREGATE, 3",
        "7, LEFT_JOIN, SELF_JOIN, 4",
        "8, JOIN, AGGREGATE, 1",
        "9, AGGREGATE, LEFT_JOIN, 2",
        "10, JOIN, LEFT_JOIN, 4"
    })
    void everyCommitIsAWholeResult(long seed, TestQuery first, TestQuery second, int parallelism)
            throws Exception {
        new ConsistencyRound(folder, shared.cluster(), new Random(seed), first, second, parallelism)
                .run();
    }

    @Test
    void everyCommitIsAWholeResultInManyMoreRounds() throws Exception {
        TestQuery[] queries = TestQuery.values();
        for (int i = 0; i < MORE_ROUNDS; i++) {
            long seed = Long.getLong("consistency.seed", 1000) + i;
            Random random = new Random(seed);
            TestQuery first = queries[random.nextInt(queries.length)];
            TestQuery second = queries[random.nextInt(queries.length)];
            int parallelism = 1 + random.nextInt(4);
            try {
                new ConsistencyRound(
                                folder.resolve("round" + seed),
                                shared.cluster(),
                                random,
                                first,
                                second,
                                parallelism)
                        .run();
            } catch (AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + ", " + first + " and " + second + ": " + e.getMessage(),
                        e);
            }
        }
    }
}
