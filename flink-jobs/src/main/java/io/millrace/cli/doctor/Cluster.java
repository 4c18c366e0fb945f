package io.millrace.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.session.ClusterTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Where jobs run: a session cluster that answers, or ports for the embedded one. */
final class Cluster {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int USUAL_PORT = 8081;

    private Cluster() {}

    static Finding check(ClusterTarget target, String flink) {
        return target instanceof ClusterTarget.SessionCluster cluster
                ? session(cluster, flink)
                : embedded();
    }

    private static Finding session(ClusterTarget.SessionCluster cluster, String flink) {
        String address = cluster.host() + ":" + cluster.port();
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://" + address + "/overview"))
                            .timeout(PATIENCE)
                            .build();
            String body =
                    HttpClient.newBuilder()
                            .connectTimeout(PATIENCE)
                            .build()
                            .send(request, BodyHandlers.ofString())
                            .body();
            JsonNode overview = new JsonMapper().readTree(body);
            String version = overview.path("flink-version").asText("");
            int slots = overview.path("slots-total").asInt();
            String found =
                    "%s answers: Flink %s, %d of %d slots free"
                            .formatted(
                                    address,
                                    version,
                                    overview.path("slots-available").asInt(),
                                    slots);
            if (!version.equals(flink)) {
                return Finding.fail(
                        "cluster", found, "Jobs are made for Flink " + flink + ": use such a one");
            }
            return slots == 0
                    ? Finding.warn("cluster", found, "Start a TaskManager")
                    : Finding.ok("cluster", found);
        } catch (IOException | IllegalArgumentException e) {
            return unreachable(address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unreachable(address, e);
        }
    }

    private static Finding unreachable(String address, Exception failure) {
        String why = failure.getMessage() == null ? "" : " " + failure.getMessage();
        return Finding.fail(
                "cluster",
                address + " does not answer: " + failure.getClass().getSimpleName() + why,
                "Name the REST address of a running session cluster, or leave --target out");
    }

    private static Finding embedded() {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return isFree(USUAL_PORT)
                    ? Finding.ok("ports", "an embedded cluster, its web UI at " + USUAL_PORT)
                    : Finding.ok(
                            "ports",
                            "an embedded cluster; "
                                    + USUAL_PORT
                                    + " is taken, its web UI takes another such as "
                                    + any.getLocalPort());
        } catch (IOException e) {
            return Finding.fail(
                    "ports",
                    "no port of localhost can be opened: " + e.getMessage(),
                    "Allow this process to listen on the loopback address");
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
