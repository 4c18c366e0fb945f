package io.millrace.tests.interop;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.tests.harness.Millrace;
import io.millrace.tests.harness.PeerProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pipeline orders on data of the Spark peer, judged by the peer; skipped where there is none. */
@Tag("interop")
class PeerInteropITCase {

    @TempDir static Path shared;
    private static PeerProgram peer;

    @TempDir Path folder;

    @BeforeAll
    static void startPeer() throws Exception {
        Optional<Path> sources = PeerProgram.sources();
        assumeThat(sources)
                .as("no Spark peer beside the project (../shared/peers/spark): not judged by it")
                .isPresent();
        peer = PeerProgram.start(sources.orElseThrow(), shared);
    }

    @AfterAll
    static void stopPeer() throws Exception {
        if (peer != null) {
            peer.close();
        }
    }

    @ParameterizedTest(name = "deletion vectors {0}, partitioned by \"{1}\"")
    @CsvSource({"true, ''", "false, ''", "true, currency", "false, currency"})
    void ordersAreExactAtAnyParallelism(boolean vectors, String partition) throws Exception {
        Path base = folder.resolve("base");
        if (partition.isEmpty()) {
            generate(base, vectors);
        } else {
            generate(base, vectors, "--partitionBy", partition);
        }
        // Each refresh and its judgement take half a minute.
        int[] tried = vectors && partition.isEmpty() ? new int[] {1, 2, 4} : new int[] {1, 4};
        for (int parallelism : tried) {
            Path warehouse = folder.resolve("warehouse" + parallelism);
            Path profile = folder.resolve("profile" + parallelism + ".yaml");
            Files.writeString(
                    profile, "name: test\nextends: refresh\nparallelism: " + parallelism + "\n");
            new Millrace(folder)
                    .run(
                            "refresh",
                            "orders",
                            "--warehouse",
                            warehouse.toString(),
                            "--param",
                            "base=" + base,
                            "--profile",
                            profile.toString())
                    .expect(0);
            judge(warehouse.resolve("orders_copy"), base.resolve("expected/orders"));
            judge(warehouse.resolve("revenue_named"), base.resolve("expected/revenue_named"));
        }
    }

    private static void generate(Path base, boolean vectors, String... more) {
        String[] command = {
            "generate",
            "--base",
            base.toString(),
            "--rows",
            "6000",
            "--commits",
            "4",
            "--changes",
            "800",
            "--dv",
            String.valueOf(vectors)
        };
        String[] all = java.util.Arrays.copyOf(command, command.length + more.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        peer.run(all);
    }

    private static void judge(Path table, Path expected) {
        peer.run("verify", table.toString(), expected.toString());
        peer.run("verify-cdf", table.toString(), "--each", "true");
    }
}
