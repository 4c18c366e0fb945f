package io.millrace.pipeline;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What all sinks of a job say, put together. */
final class RunProgress {
    private final Map<String, Optional<SinkReport>> reports;

    RunProgress(Map<String, Optional<SinkReport>> reports) {
        this.reports = reports;
    }

    /** Whether each sink holds each of its sources up to the pin. */
    boolean reached(Map<String, Map<String, Long>> pinsOfSinks) {
        return pinsOfSinks.entrySet().stream()
                .allMatch(
                        sink ->
                                reports.getOrDefault(sink.getKey(), Optional.empty())
                                        .filter(report -> report.reached(sink.getValue()))
                                        .isPresent());
    }

    /** The version of each source that all sinks that read it have released. */
    Map<String, Long> released() {
        Map<String, Long> released = new TreeMap<>();
        reports.values()
                .forEach(
                        report ->
                                report.ifPresent(
                                        r ->
                                                r.released()
                                                        .forEach(
                                                                (k, v) ->
                                                                        released.merge(
                                                                                k, v, Math::min))));
        return released;
    }

    int commits() {
        return reports.values().stream().mapToInt(r -> r.map(SinkReport::commits).orElse(0)).sum();
    }

    /** One line for the terminal; {@code latest} is what the sources are at. */
    String line(Map<String, Long> latest, double seconds) {
        StringBuilder line = new StringBuilder();
        Map<String, Long> released = released();
        latest.forEach(
                (source, version) -> {
                    long at = released.getOrDefault(source, -1L);
                    line.append(line.isEmpty() ? "" : ", ")
                            .append(source)
                            .append(' ')
                            .append(at < 0 ? "reading" : Long.toString(at))
                            .append('/')
                            .append(version);
                });
        return "%s; commits %d; %.0f s".formatted(line, commits(), seconds);
    }
}
