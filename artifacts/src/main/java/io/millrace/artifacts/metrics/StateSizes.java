package io.millrace.artifacts.metrics;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;

/** How much state operators have in a checkpoint or savepoint. */
public final class StateSizes {
    private static final String METADATA = "_metadata";

    private StateSizes() {}

    /**
     * Bytes by name of the operator; what shares a name is added up.
     *
     * @param folder of a completed checkpoint or savepoint
     */
    public static Map<String, Long> of(Path folder) throws IOException {
        requireNonNull(folder, "folder is null");
        Map<String, Long> sizes = new TreeMap<>();
        try (InputStream file = Files.newInputStream(folder.resolve(METADATA));
                DataInputStream in = new DataInputStream(new BufferedInputStream(file))) {
            for (OperatorState operator :
                    Checkpoints.loadCheckpointMetadata(
                                    in, StateSizes.class.getClassLoader(), folder.toString())
                            .getOperatorStates()) {
                operator.getOperatorName()
                        .ifPresent(name -> sizes.merge(name, operator.getStateSize(), Long::sum));
            }
        }
        return sizes;
    }
}
