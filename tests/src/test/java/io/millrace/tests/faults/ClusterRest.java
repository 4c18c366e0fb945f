package io.millrace.tests.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/** What the suite asks of a cluster's REST address. */
final class ClusterRest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String base;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    ClusterRest(int port) {
        this.base = "http://localhost:" + port;
    }

    /** Slots that task managers offer; -1 while nobody answers. */
    int slots() {
        return get("/overview").path("slots-total").asInt(-1);
    }

    /** For example RUNNING, RESTARTING or FAILED; empty while nobody answers. */
    String state(String job) {
        return get("/jobs/" + job).path("state").asText();
    }

    /** Whether each task of a job runs. */
    boolean allRunning(String job) {
        JsonNode vertices = get("/jobs/" + job).path("vertices");
        for (JsonNode vertex : vertices) {
            if (!vertex.path("status").asText().equals("RUNNING")) {
                return false;
            }
        }
        return !vertices.isEmpty();
    }

    /** Numbers of checkpoints: {@code completed}, {@code failed}, {@code restored}. */
    int checkpoints(String job, String kind) {
        return get("/jobs/" + job + "/checkpoints").path("counts").path(kind).asInt();
    }

    /** Why a job failed or restarted, with all causes. */
    String failure(String job) {
        return get("/jobs/" + job + "/exceptions").toString();
    }

    void cancel(String job) {
        send(HttpRequest.newBuilder().method("PATCH", BodyPublishers.noBody()), "/jobs/" + job);
    }

    /** Asks for a stop with a savepoint; gives back the name of the request. */
    String stop(String job, boolean drain, Path folder) {
        return send(
                        HttpRequest.newBuilder()
                                .header("Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"drain\": %s, \"targetDirectory\": \"%s\"}"
                                                        .formatted(drain, folder.toUri()))),
                        "/jobs/" + job + "/stop")
                .path("request-id")
                .asText();
    }

    /** Where the savepoint of a stop is, or why there is none; empty while it is being written. */
    String savepoint(String job, String request) {
        JsonNode answer = get("/jobs/" + job + "/savepoints/" + request);
        if (!answer.path("status").path("id").asText().equals("COMPLETED")) {
            return "";
        }
        JsonNode operation = answer.path("operation");
        return operation.path("location").asText(operation.path("failure-cause").toString());
    }

    private JsonNode get(String path) {
        return send(HttpRequest.newBuilder().GET(), path);
    }

    private JsonNode send(HttpRequest.Builder request, String path) {
        try {
            String body =
                    client.send(
                                    request.uri(URI.create(base + path))
                                            .timeout(Duration.ofSeconds(30))
                                            .build(),
                                    BodyHandlers.ofString())
                            .body();
            return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return MissingNode.getInstance();
        }
    }
}
