package io.millrace.artifacts.queries;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A query and what its lineage is expected to be.
 *
 * @param topic file that it stands in
 * @param tags {@code stream}: cannot run in batch; {@code unordered}: its result depends on the
 *     order of equal rows
 * @param lineage expected lines, the origins of each sorted
 */
public record QueryCase(
        String topic, String name, Set<String> tags, String sql, List<String> lineage) {
    static final List<String> TOPICS =
            List.of("projections", "filters", "joins", "aggregates", "windows", "sets");

    /** All cases, in the order of their files. */
    public static List<QueryCase> all() {
        return TOPICS.stream().flatMap(topic -> read(topic).stream()).toList();
    }

    /** A file beside the cases. */
    static String file(String name) {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                QueryCase.class.getResourceAsStream(
                                        "/io/millrace/artifacts/queries/" + name),
                                StandardCharsets.UTF_8))) {
            return reader.lines().collect(Collectors.joining("\n", "", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<QueryCase> read(String topic) {
        List<QueryCase> cases = new ArrayList<>();
        for (String text : file(topic + ".cases").split("(?m)^### ")) {
            if (!text.isBlank()) {
                String[] parts = text.split("(?m)^---$", 2);
                String title = parts[0].lines().findFirst().orElseThrow();
                cases.add(
                        new QueryCase(
                                topic,
                                title.replaceAll("\\[.*]", "").strip(),
                                tags(title),
                                parts[0].lines().skip(1).collect(Collectors.joining("\n")),
                                parts[1].lines()
                                        .filter(line -> !line.isBlank())
                                        .map(QueryCase::normal)
                                        .toList()));
            }
        }
        return cases;
    }

    private static Set<String> tags(String title) {
        int open = title.indexOf('[');
        return open < 0
                ? Set.of()
                : Set.of(title.substring(open + 1, title.indexOf(']')).split(","));
    }

    private static String normal(String line) {
        int colon = line.indexOf(": ");
        return line.substring(0, colon + 2)
                + Arrays.stream(line.substring(colon + 2).strip().split(", "))
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return topic + ": " + name;
    }
}
