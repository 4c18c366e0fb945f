package io.millrace.tests.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Holds every version of a target against its query over the source versions that the commit names.
 *
 * @param name for messages
 * @param key the target's key column
 * @param query what the target is to hold, given the rows of each source by key
 */
public record TargetCheck(
        String name,
        RawTable table,
        String key,
        Map<String, TableHistory> sources,
        Function<Map<String, Map<Long, List<Object>>>, List<List<Object>>> query) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The newest version is the query over the newest versions of the sources. */
    public boolean isCurrent() {
        long version = table.latestVersion();
        return version >= 0
                && sorted(table.rows(version)).equals(sorted(query.apply(at(newest()))));
    }

    /** Fails naming the first version that is not the query over one version of each source. */
    public void everyVersionIsWhole() {
        for (long version = 0; version <= table.latestVersion(); version++) {
            Optional<Map<String, Long>> named = named(version);
            List<List<Object>> expected =
                    named.isEmpty() ? List.of() : query.apply(at(named.get()));
            assertThat(sorted(table.rows(version)))
                    .as("%s, version %d, of sources %s", name, version, named)
                    .isEqualTo(sorted(expected));
        }
    }

    /** Source versions never go back, and no transaction is applied twice. */
    public void commitsAdvance() {
        Map<String, Long> sourcesBefore = new TreeMap<>();
        Map<String, Long> transactionsBefore = new TreeMap<>();
        for (long version = 0; version <= table.latestVersion(); version++) {
            for (Map.Entry<String, Long> source : named(version).orElse(Map.of()).entrySet()) {
                assertThat(sourcesBefore.getOrDefault(source.getKey(), -1L))
                        .as("%s, version %d: %s goes back", name, version, source.getKey())
                        .isLessThanOrEqualTo(source.getValue());
                sourcesBefore.put(source.getKey(), source.getValue());
            }
            for (Map.Entry<String, Long> id : table.commit(version).transactions().entrySet()) {
                assertThat(transactionsBefore.getOrDefault(id.getKey(), -1L))
                        .as("%s, version %d: transaction %s", name, version, id)
                        .isLessThan(id.getValue());
                transactionsBefore.put(id.getKey(), id.getValue());
            }
        }
    }

    /** The feed replays to each snapshot and changes no key twice in a version. */
    public void feedIsTheDifferenceOfVersions() {
        FeedReplay replay = new FeedReplay(table);
        assertThat(replay.firstDifference()).as("%s: feed", name).isEmpty();
        assertThat(replay.keysChangedTwice(List.of(key))).as("%s: feed", name).isEmpty();
    }

    /** What there is where {@link #isCurrent} fails. */
    public String difference() {
        long version = table.latestVersion();
        return name
                + " at version "
                + version
                + " of "
                + (version < 0 ? Optional.empty() : named(version))
                + " has "
                + (version < 0 ? List.of() : sorted(table.rows(version)))
                + "; sources at "
                + newest()
                + " give "
                + sorted(query.apply(at(newest())));
    }

    private Optional<Map<String, Long>> named(long version) {
        return table.commit(version)
                .parameter("millrace.sources")
                .map(
                        json -> {
                            Map<String, Long> versions = new TreeMap<>();
                            for (Map.Entry<String, JsonNode> entry : read(json).properties()) {
                                versions.put(entry.getKey(), entry.getValue().asLong());
                            }
                            return versions;
                        });
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Long> newest() {
        Map<String, Long> versions = new TreeMap<>();
        sources.forEach((source, history) -> versions.put(source, history.version()));
        return versions;
    }

    /** The rows of all sources; of one that the query does not read, and so is not named, none. */
    private Map<String, Map<Long, List<Object>>> at(Map<String, Long> versions) {
        Map<String, Map<Long, List<Object>>> rows = new TreeMap<>();
        sources.forEach(
                (source, history) ->
                        rows.put(
                                source,
                                versions.containsKey(source)
                                        ? history.at(versions.get(source))
                                        : Map.of()));
        return rows;
    }

    private static List<String> sorted(List<List<Object>> rows) {
        return rows.stream().map(Object::toString).sorted().toList();
    }
}
