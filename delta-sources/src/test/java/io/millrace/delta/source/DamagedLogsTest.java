package io.millrace.delta.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.source.ScriptedTable.Row;
import io.millrace.delta.table.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged, cut and incomplete logs: refused, naming the version and the way out. */
class DamagedLogsTest {

    @TempDir private Path folder;

    private ScriptedTable table;
    private ReadSpec spec;

    @BeforeEach
    void aTableOfFourVersions() {
        table = new ScriptedTable(folder);
        for (int i = 0; i < 3; i++) {
            table.insert(new Row(i, "a", "x"));
        }
        spec = table.spec(new StartingPosition.Version(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"half-written", "empty", "garbage"})
    void aDamagedCommitFileIsNamed(String how) throws IOException {
        String text = Files.readString(commit(3));
        switch (how) {
            case "half-written" ->
                    Files.writeString(commit(3), text.substring(0, text.length() - 30));
            case "empty" -> Files.writeString(commit(3), "");
            default -> Files.write(commit(3), new byte[] {0, 1, (byte) 0xff, 'x', '\n', 3});
        }

        assertRefused(this::snapshot, "version 3", how.equals("empty") ? "empty" : "not JSON");
        assertRefused(this::feed, "version 3", how.equals("empty") ? "empty" : "not JSON");
    }

    @Test
    void aDamagedCommitInTheMiddleIsNamed() throws IOException {
        Files.writeString(commit(2), "{\"commitInfo\":{}}\n{\"add\":{\"path\":\"f");

        assertRefused(this::snapshot, "version 2", "line 2", "not JSON");
        assertRefused(this::feed, "version 2", "line 2", "not JSON");
    }

    @Test
    void aMissingVersionIsNamed() throws IOException {
        Files.delete(commit(2));

        assertRefused(this::snapshot, "contiguous", "[0, 1, 3]");
        assertRefused(this::feed, "contiguous", "[0, 1, 3]");
    }

    @Test
    void theFirstVersionThatIsLeftIsNamed() throws IOException {
        while (table.version() < 11) {
            table.insert(new Row(table.version(), "a", "x"));
        }
        Files.delete(commit(0));
        Files.delete(commit(1));

        assertRefused(this::feed, "version 1", "10");
        assertThat(table.table().snapshot().version()).isEqualTo(11);
    }

    @Test
    void aCheckpointThatIsNoParquetFileIsNamed() throws IOException {
        makeCheckpoint();
        Files.writeString(checkpoint("checkpoint.parquet"), "no checkpoint".repeat(20));

        assertRefused(this::snapshot, "checkpoint.parquet");
    }

    @Test
    void aMissingCheckpointPartIsNamed() throws IOException {
        makeCheckpoint();
        Files.move(
                checkpoint("checkpoint.parquet"),
                checkpoint("checkpoint.0000000001.0000000002.parquet"));

        assertRefused(this::snapshot, "version 0", "estore");
    }

    @Test
    void aMissingSidecarIsNamed() throws IOException {
        makeCheckpoint();
        Files.delete(checkpoint("checkpoint.parquet"));
        String first =
                """
                {"checkpointMetadata":{"version":10}}
                {"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["v2Checkpoint","deletionVectors"],"writerFeatures":["v2Checkpoint","deletionVectors","changeDataFeed"]}}
                {"sidecar":{"path":"gone.parquet","sizeInBytes":100,"modificationTime":1}}
                """;
        Files.writeString(
                checkpoint("checkpoint.80a083e8-7026-4e79-81be-64bd76c43a11.json"),
                first + metadataLine);

        assertRefused(this::open, "gone.parquet", "estore");
    }

    private String metadataLine = "";

    /** Version 10 has a checkpoint, and nothing before it is left. */
    private void makeCheckpoint() throws IOException {
        while (table.version() < 10) {
            table.insert(new Row(table.version(), "a", "x"));
        }
        assertThat(checkpoint("checkpoint.parquet")).exists();
        metadataLine =
                Files.readAllLines(commit(0)).stream()
                        .filter(line -> line.startsWith("{\"metaData\""))
                        .findFirst()
                        .orElseThrow();
        for (int version = 0; version < 10; version++) {
            Files.delete(commit(version));
        }
        try (Stream<Path> files = Files.list(folder.resolve("_delta_log"))) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith(".crc") || file.endsWith("_last_checkpoint")) {
                    Files.delete(file);
                }
            }
        }
    }

    private Path commit(long version) {
        return folder.resolve("_delta_log/%020d.json".formatted(version));
    }

    private Path checkpoint(String suffix) {
        return folder.resolve("_delta_log/%020d.%s".formatted(10, suffix));
    }

    private void snapshot() throws Exception {
        SourceDrive.snapshot(spec, table.table().snapshot().version());
    }

    private void open() throws Exception {
        try (var files = table.table().snapshot().files()) {
            files.forEachRemaining(file -> {});
        }
    }

    private void feed() throws Exception {
        SourceDrive.changes(spec, 3);
    }

    private void assertRefused(ThrowingCallable read, String... parts) {
        assertThatThrownBy(read)
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith(folder + ": cannot ")
                .hasMessageContainingAll(parts);
    }

    @Test
    void commitsThatAreThereAreReadBeforeADamagedOne() throws Exception {
        Files.writeString(commit(3), "{\"add\":");

        assertThat(Map.of(1L, table.feed(1), 2L, table.feed(2)))
                .allSatisfy(
                        (version, feed) ->
                                assertThat(table.table().log().at(version).adds()).hasSize(1));
        assertRefused(() -> table.table().log().at(3), "version 3", "not JSON");
    }
}
