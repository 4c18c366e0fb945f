package io.millrace.tests.e2e;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.tests.harness.Await;
import io.millrace.tests.harness.Millrace.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the web UI of a process with one job answers. */
final class WebAnswers {

    private static final Pattern ADDRESS = Pattern.compile("Flink web UI: (http://\\S+)");
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final Duration patience;

    private WebAnswers(String address, Duration patience) {
        this.address = requireNonNull(address, "address is null");
        this.patience = requireNonNull(patience, "patience is null");
    }

    /** Waits until a process has said where its web UI is. */
    static WebAnswers of(Running running, Duration patience) {
        Await.until(
                () -> address(running).find() || !running.process().isAlive(),
                patience,
                () -> "no web UI: " + text(running));
        Matcher found = address(running);
        if (!found.find()) {
            throw new AssertionError("has ended: " + text(running));
        }
        return new WebAnswers(found.group(1).replaceAll("/$", ""), patience);
    }

    private static Matcher address(Running running) {
        return ADDRESS.matcher(text(running));
    }

    private static String text(Running running) {
        try {
            return Files.readString(running.err());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the job has completed so many checkpoints. */
    void awaitCheckpoints(int completed) {
        String path = "/jobs/" + job() + "/checkpoints";
        Await.until(
                () -> json(path).at("/counts/completed").asInt() >= completed,
                patience,
                () -> "checkpoints: " + get(path));
    }

    private String job() {
        return json("/jobs").at("/jobs/0/id").asText();
    }

    /** By path: the cluster's, the job's, and each of its tasks'. */
    Map<String, String> all() {
        String job = "/jobs/" + job();
        List<String> paths =
                new ArrayList<>(
                        List.of(
                                "/config",
                                "/overview",
                                "/jobmanager/config",
                                "/jobmanager/environment",
                                "/jobs/overview",
                                "/taskmanagers",
                                job,
                                job + "/plan",
                                job + "/config",
                                job + "/jobmanager/config",
                                job + "/jobmanager/environment",
                                job + "/accumulators",
                                job + "/checkpoints",
                                job + "/checkpoints/config",
                                job + "/exceptions"));
        for (JsonNode vertex : json(job).path("vertices")) {
            String task = job + "/vertices/" + vertex.path("id").asText();
            paths.addAll(List.of(task, task + "/accumulators", task + "/metrics"));
        }
        Map<String, String> answers = new LinkedHashMap<>();
        paths.forEach(path -> answers.put(path, get(path)));
        return answers;
    }

    private JsonNode json(String path) {
        try {
            return new ObjectMapper().readTree(get(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String get(String path) {
        try {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(URI.create(address + path)).build(),
                            BodyHandlers.ofString());
            if (answer.statusCode() != OK) {
                throw new AssertionError(path + ": " + answer.statusCode() + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
