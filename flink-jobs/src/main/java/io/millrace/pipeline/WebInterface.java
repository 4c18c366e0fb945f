package io.millrace.pipeline;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;

/**
 * Finds the web UI of the embedded cluster: another run on this machine may have taken the first
 * port.
 */
final class WebInterface {
    private static final int OK = 200;
    private static final int ATTEMPTS = 3;

    private WebInterface() {}

    /** The address at which the UI knows the job. */
    static Optional<String> find(List<Integer> ports, JobID job) {
        HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        for (int attempt = 0; attempt < ATTEMPTS && !ports.isEmpty(); attempt++) {
            for (int port : ports) {
                String url = "http://localhost:" + port;
                if (knows(http, URI.create(url + "/jobs/" + job))) {
                    return Optional.of(url);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean knows(HttpClient http, URI address) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
