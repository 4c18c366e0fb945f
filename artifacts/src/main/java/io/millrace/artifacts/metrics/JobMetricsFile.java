package io.millrace.artifacts.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.delta.dataset.WholeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a job's operators count, in {@code <folder>/<job id>.json}; replaced as a whole. */
final class JobMetricsFile {
    private static final JsonMapper JSON = new JsonMapper();

    private JobMetricsFile() {}

    /**
     * A file's content.
     *
     * @param ended whether no operator was at work any more
     */
    record Content(boolean ended, List<SubtaskMetrics> subtasks) {
        Content {
            subtasks = List.copyOf(subtasks);
        }
    }

    private static Path file(Path folder, String job) {
        return folder.resolve(job + ".json");
    }

    static void write(
            Path folder,
            String job,
            Map<SubtaskMetrics.Place, Map<String, Long>> values,
            boolean ended) {
        List<Map<String, Object>> subtasks = new ArrayList<>();
        values.forEach(
                (place, counted) -> {
                    Map<String, Object> subtask = new LinkedHashMap<>();
                    subtask.put("task", place.task());
                    subtask.put("operator", place.operator());
                    subtask.put("subtask", place.subtask());
                    subtask.put("values", counted);
                    subtasks.add(subtask);
                });
        try {
            WholeFiles.write(
                    file(folder, job),
                    JSON.writeValueAsBytes(Map.of("ended", ended, "subtasks", subtasks)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Optional<Content> read(Path folder, String job) {
        Path file = file(folder, job);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            List<SubtaskMetrics> subtasks = new ArrayList<>();
            for (JsonNode subtask : root.path("subtasks")) {
                Map<String, Long> values = new TreeMap<>();
                subtask.path("values")
                        .properties()
                        .forEach(value -> values.put(value.getKey(), value.getValue().asLong()));
                subtasks.add(
                        new SubtaskMetrics(
                                new SubtaskMetrics.Place(
                                        subtask.path("task").asText(),
                                        subtask.path("operator").asText(),
                                        subtask.path("subtask").asInt()),
                                values));
            }
            return Optional.of(new Content(root.path("ended").asBoolean(), subtasks));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    static void delete(Path folder, String job) {
        try {
            Files.deleteIfExists(file(folder, job));
        } catch (IOException e) {
            throw new UncheckedIOException(file(folder, job) + ": cannot be deleted", e);
        }
    }
}
