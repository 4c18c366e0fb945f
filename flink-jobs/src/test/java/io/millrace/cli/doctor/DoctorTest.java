package io.millrace.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.doctor.Finding.Level;
import io.millrace.session.ClusterTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir private Path folder;

    @Test
    void thisMachineIsFitAndNothingIsLeftBehind() throws IOException {
        List<Finding> findings = Doctor.examine(folder, new ClusterTarget.Embedded());

        assertThat(findings)
                .extracting(Finding::what)
                .containsExactly(
                        "java",
                        "memory",
                        "encoding",
                        "RocksDB",
                        "zstd",
                        "snappy",
                        "warehouse",
                        "Flink",
                        "Delta Kernel",
                        "Parquet",
                        "Arrow",
                        "jars",
                        "ports");
        assertThat(findings)
                .filteredOn(
                        finding -> List.of("RocksDB", "zstd", "snappy").contains(finding.what()))
                .allMatch(finding -> finding.level() == Level.OK);
        assertThat(findings)
                .filteredOn(f -> f.level() != Level.OK)
                .noneMatch(f -> f.todo().isEmpty());
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aWarehouseThatIsNotThereCanBeMade() throws IOException {
        assertThat(WarehouseAccess.check(folder.resolve("a/b")).found())
                .contains("is not there and can be made");
        assertThat(folder.resolve("a")).doesNotExist();
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(WarehouseAccess.check(file).level()).isEqualTo(Level.FAIL);
    }

    @Test
    void javaAndMemoryHaveTheirBounds() {
        assertThat(Machine.java(11, "x").level()).isEqualTo(Level.FAIL);
        assertThat(Machine.java(17, "x").level()).isEqualTo(Level.OK);
        assertThat(Machine.java(21, "x").level()).isEqualTo(Level.WARN);
        assertThat(Machine.memory(300, 8000).level()).isEqualTo(Level.FAIL);
        assertThat(Machine.memory(800, 8000).level()).isEqualTo(Level.WARN);
        assertThat(Machine.memory(7500, 8000).todo()).contains("MILLRACE_HEAP");
        assertThat(Machine.memory(4000, 8000).level()).isEqualTo(Level.OK);
    }

    @Test
    void aNativePartThatDoesNotLoadIsNamed() {
        Finding finding =
                Machine.loads(
                        "RocksDB",
                        "profiles",
                        () -> {
                            throw new UnsatisfiedLinkError("no such file");
                        });
        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.line()).contains("no such file", "noexec");
    }

    @Test
    void librariesThatAreThereTwiceAreNamed() {
        List<Finding> findings =
                ClassPath.check(
                        List.of(
                                "/r/flink-table-planner_2.12-2.3.0.jar",
                                "/r/flink-table-planner-loader-2.3.0.jar",
                                "/r/flink-runtime-2.3.0.jar",
                                "/r/delta-kernel-api-4.4.0.jar",
                                "/r/delta-kernel-defaults-4.4.1.jar",
                                "/r/parquet-hadoop-1.16.0.jar",
                                "/r/parquet-column-1.15.2.jar",
                                "/r/guava-32.0-jre.jar",
                                "/r/guava-31.1-jre.jar"));
        assertThat(findings)
                .extracting(finding -> finding.what() + " " + finding.level())
                .containsExactly(
                        "Flink ok", "Delta Kernel fail", "Parquet fail", "Arrow warn", "jars fail");
        assertThat(findings.get(4).found())
                .contains("guava [31.1-jre, 32.0-jre]", "flink-table-planner-loader");
    }

    @Test
    void aClusterThatDoesNotAnswerFails() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Finding finding =
                Cluster.check(new ClusterTarget.SessionCluster("localhost", port), "2.3.0");
        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.line()).contains("localhost:" + port + " does not answer");
    }
}
