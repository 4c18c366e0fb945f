package io.millrace.tests.modes;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tests.harness.SharedCluster;
import io.millrace.tests.harness.SparkProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark reads what statements have written: the feed of each version leads to its rows. */
@Tag("interop")
class ModesInteropITCase {

    private static final Set<String> NAMES =
            Set.of(
                    "a keyed table",
                    "a table without a key",
                    "the partitions that the input has rows of",
                    "rows of a keyed table",
                    "rows without a key",
                    "without deletion vectors files are written anew");

    @TempDir Path folder;

    @Test
    void sparkReplaysTheFeeds() throws Exception {
        List<ModeCase> cases =
                ModeCase.all(Path.of("src/test/resources/modes")).stream()
                        .filter(modes -> NAMES.contains(modes.name()))
                        .toList();
        assertThat(cases).hasSameSizeAs(NAMES);
        try (SharedCluster cluster = SharedCluster.start(4);
                SparkProgram spark = SparkProgram.start(folder)) {
            for (ModeCase modes : cases) {
                Path own = Files.createTempDirectory(folder, "case");
                ModeRunner runner = new ModeRunner(cluster.cluster(), own);
                runner.run(modes);
                spark.run("replay", runner.table().toString());
            }
        }
    }
}
