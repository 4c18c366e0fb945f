package io.millrace.tests.faults;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few of the suite's faults, one of each kind; tests/faults plays all of them. */
class FaultsE2eITCase {

    private static final List<String> PLAYED =
            List.of(
                    "killed after the log file, not acknowledged",
                    "zombie of an old run",
                    "two committables after an aborted checkpoint",
                    "store times out after success",
                    "start from an older savepoint",
                    "others commit between and during ours");

    @TempDir Path folder;

    @Test
    void everyVersionIsRightWhateverFails() throws Exception {
        try (FaultStage stage =
                new FaultStage(folder, folder.resolve("warehouse"), new Random(4))) {
            stage.run(2);
            stage.awaitCurrent();
            for (FaultCase fault : NamedFaults.all()) {
                if (PLAYED.contains(fault.name())) {
                    fault.runOn(stage);
                }
            }
        }
    }
}
