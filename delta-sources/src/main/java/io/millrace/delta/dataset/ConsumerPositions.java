package io.millrace.delta.dataset;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;

/**
 * The positions that consumers have recorded, one file for each table and consumer: {@code
 * <folder>/<table id>/<consumer>.json}. A file is replaced as a whole: a reader sees the old
 * position or the new.
 */
@Internal
public final class ConsumerPositions {

    private static final String SUFFIX = ".json";

    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path folder;

    public ConsumerPositions(Path folder) {
        this.folder = requireNonNull(folder, "folder is null");
    }

    /** Replaces the consumer's position in the table. */
    public void record(ConsumerPosition position) {
        Path file = file(position.tableId(), position.consumer());
        ObjectNode json =
                MAPPER.createObjectNode()
                        .put("pipeline", position.consumer())
                        .put("dataset", position.dataset())
                        .put("location", position.location())
                        .put("table_id", position.tableId())
                        .put("version", position.version())
                        .put("updated", position.updated().toString());
        try {
            WholeFiles.write(file, MAPPER.writeValueAsBytes(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes the consumer's position away, if it has recorded one. */
    public void forget(String tableId, String consumer) {
        Path file = file(tableId, consumer);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be deleted: " + e.getMessage(), e);
        }
    }

    /** The position of one consumer in a table, if it has recorded one. */
    public Optional<ConsumerPosition> of(String tableId, String consumer) {
        return read(file(tableId, consumer));
    }

    /** All consumers of a table, by name. */
    public List<ConsumerPosition> of(String tableId) {
        Path ofTable = folder.resolve(tableId);
        if (!Files.isDirectory(ofTable)) {
            return List.of();
        }
        List<ConsumerPosition> positions = new ArrayList<>();
        try (Stream<Path> files = Files.list(ofTable)) {
            files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .forEach(file -> read(file).ifPresent(positions::add));
        } catch (IOException e) {
            throw new UncheckedIOException(ofTable + ": cannot be listed: " + e.getMessage(), e);
        }
        return positions;
    }

    private Path file(String tableId, String consumer) {
        if (consumer.contains("/") || tableId.contains("/")) {
            throw new IllegalArgumentException(
                    "no consumer of a table is called " + tableId + "/" + consumer);
        }
        return folder.resolve(tableId).resolve(consumer + SUFFIX);
    }

    private static Optional<ConsumerPosition> read(Path file) {
        try {
            JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
            return Optional.of(
                    new ConsumerPosition(
                            json.path("pipeline").asText(),
                            json.path("dataset").asText(),
                            json.path("location").asText(),
                            json.path("table_id").asText(),
                            json.path("version").asLong(),
                            Instant.parse(json.path("updated").asText())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
