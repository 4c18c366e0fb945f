package io.millrace.tests.modes;

import io.millrace.tests.harness.SharedCluster;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the statements that write do to a table and to its change feed. */
class ModesITCase {

    private static SharedCluster cluster;

    @TempDir Path folder;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = SharedCluster.start(4);
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    static Stream<ModeCase> cases() {
        return ModeCase.all(Path.of("src/test/resources/modes")).stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void statementsDoWhatTheyShould(ModeCase modes) throws Exception {
        new ModeRunner(cluster.cluster(), folder).run(modes);
    }
}
