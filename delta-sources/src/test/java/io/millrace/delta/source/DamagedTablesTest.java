package io.millrace.delta.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.source.ScriptedTable.Row;
import io.millrace.delta.table.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged data, change and deletion vector files: each is named, and so is the way out. */
class DamagedTablesTest {

    private static final Row A = new Row(1, "a", "x");
    private static final Row B = new Row(2, "b", "x");

    @TempDir private Path folder;

    private ScriptedTable table;

    @BeforeEach
    void aTableWithOneFile() {
        table = new ScriptedTable(folder).insert(A, B);
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncated", "cut before its footer", "empty", "of text"})
    void aDataFileThatIsNoParquetFileIsNamed(String how) throws IOException {
        Path file = onlyFile("f");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(
                file,
                switch (how) {
                    case "truncated" -> Arrays.copyOf(bytes, bytes.length / 2);
                    case "cut before its footer" -> Arrays.copyOf(bytes, bytes.length - 8);
                    case "empty" -> new byte[0];
                    default -> "id;name\n".repeat(100).getBytes(UTF_8);
                });

        assertRefused(1, file.getFileName().toString(), "not a Parquet file", "estore");
    }

    @Test
    void aDataFileOfOtherTypesIsNamedWithTheColumn() throws IOException {
        Path file = onlyFile("f");
        write(file, "message r { required binary id (STRING); optional binary name (STRING); }");

        assertRefused(1, file.getFileName().toString(), "column id");
    }

    @Test
    void aDataFileThatIsGoneIsNamed() throws IOException {
        Path file = onlyFile("f");
        Files.delete(file);

        assertRefused(1, file.getFileName().toString(), "gone", "VACUUM", "--rebuild");
    }

    @Test
    void aChangeFileWithoutChangeTypesIsNamed() throws IOException {
        table.rename("c", 1L);
        Path file = onlyFile("_change_data/c");
        write(file, "message r { required int64 id; optional binary name (STRING); }");

        assertRefused(2, file.getFileName().toString(), "change type", "--rebuild");
    }

    @Test
    void aChangeFileWithAnUnknownChangeTypeIsNamed() throws IOException {
        table.rename("c", 1L);
        Path file = onlyFile("_change_data/c");
        write(
                file,
                "message r { required int64 id; optional binary name (STRING); required binary"
                        + " _change_type (STRING); }");

        assertRefused(
                2, file.getFileName().toString(), "change type", "_change_type value", "--rebuild");
    }

    @ParameterizedTest
    @CsvSource({"flipped, checksum", "cut, deletion vector", "gone, gone", "miscounted, rows"})
    void aDamagedDeletionVectorIsNamed(String how, String reason) throws IOException {
        table.deleteByVector(1L);
        Path file = onlyFile("deletion_vector");
        byte[] bytes = Files.readAllBytes(file);
        switch (how) {
            case "flipped" -> {
                // In the bitmap: behind version, length and magic number.
                bytes[bytes.length - 6] ^= 4;
                Files.write(file, bytes);
            }
            case "cut" -> Files.write(file, Arrays.copyOf(bytes, bytes.length - 10));
            case "gone" -> Files.delete(file);
            default -> {
                Path commit = folder.resolve("_delta_log/%020d.json".formatted(2));
                Files.writeString(
                        commit,
                        Files.readString(commit).replace("\"cardinality\":1", "\"cardinality\":2"));
            }
        }

        assertRefused(2, reason);
    }

    /** Snapshot and feed alike; a feed's earlier versions are read before. */
    private void assertRefused(long version, String... parts) {
        String[] all =
                Stream.concat(Stream.of(folder + ": ", "version " + version), Stream.of(parts))
                        .toArray(String[]::new);
        assertThatThrownBy(
                        () ->
                                SourceDrive.changes(
                                        table.spec(new StartingPosition.Version(0)), version))
                .isInstanceOf(RefusedException.class)
                .hasMessageContainingAll(all);
        if (parts[0].startsWith("c")) {
            return;
        }
        assertThatThrownBy(
                        () ->
                                SourceDrive.snapshot(
                                        table.spec(new StartingPosition.Snapshot()), version))
                .isInstanceOf(RefusedException.class)
                .hasMessageContainingAll(all);
    }

    private Path onlyFile(String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> found =
                    files.filter(f -> folder.relativize(f).toString().startsWith(prefix))
                            .filter(Files::isRegularFile)
                            .toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    /** One row, each of its values is the name of its column with "value", or 7. */
    private static void write(Path file, String schema) throws IOException {
        Files.delete(file);
        MessageType type = MessageTypeParser.parseMessageType(schema);
        try (ParquetWriter<org.apache.parquet.example.data.Group> writer =
                ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(type).build()) {
            var row = new SimpleGroupFactory(type).newGroup();
            type.getFields()
                    .forEach(
                            field -> {
                                if (field.asPrimitiveType().getLogicalTypeAnnotation() == null) {
                                    row.add(field.getName(), 7L);
                                } else {
                                    row.add(field.getName(), field.getName() + " value");
                                }
                            });
            writer.write(row);
        }
    }
}
