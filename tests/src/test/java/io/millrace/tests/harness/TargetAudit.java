package io.millrace.tests.harness;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.tests.harness.RawCommit.RawFile;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Looks at each version of a keyed target once, and so can be asked again and again while the table
 * grows: its rows are the query over the source version that the commit names, no key is there
 * twice, the feed is the difference to the version before, and nothing is committed twice. Rows of
 * an {@link OtherWriter} stay as they are in all commits but its own.
 */
public final class TargetAudit {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final RawTable table;
    private final String key;
    private final String source;
    private final LongFunction<List<List<Object>>> query;
    private final Map<String, RawFile> live = new LinkedHashMap<>();
    private final Map<List<Object>, Integer> replayed = new HashMap<>();
    private final Map<String, Long> transactions = new HashMap<>();
    private final Set<String> tokens = new HashSet<>();
    private List<String> expected = List.of();
    private List<String> others = List.of();
    private long sourceVersion = -1;
    private long next;

    /**
     * @param source the only source that the result is computed from
     * @param query version of the source to the rows of the result
     */
    public TargetAudit(
            String name,
            RawTable table,
            String key,
            String source,
            LongFunction<List<List<Object>>> query) {
        this.name = requireNonNull(name, "name is null");
        this.table = requireNonNull(table, "table is null");
        this.key = requireNonNull(key, "key is null");
        this.source = requireNonNull(source, "source is null");
        this.query = requireNonNull(query, "query is null");
    }

    /** Version of the source that the newest version names; looks into the log only. */
    public long newestSourceVersion() {
        for (long version = table.latestVersion(); version >= 0; version--) {
            Optional<Long> named = sourceOf(table.commit(version));
            if (named.isPresent()) {
                return named.get();
            }
        }
        return -1;
    }

    /**
     * Whether the result is that of a version of the source. A version that changes nothing in it
     * makes no commit.
     */
    public boolean isOf(long version) {
        long newest = newestSourceVersion();
        return newest >= version
                || (newest >= 0
                        && sorted(query.apply(newest)).equals(sorted(query.apply(version))));
    }

    /** How many versions have been looked at. */
    public long versions() {
        return next;
    }

    /** Looks at what has been committed since the last time. */
    public void check() {
        FeedReplay feed = new FeedReplay(table);
        for (long latest = table.latestVersion(); next <= latest; next++) {
            RawCommit commit = table.commit(next);
            String what = "%s, version %d".formatted(name, next);
            checkTransaction(commit, what);
            Optional<Long> named = sourceOf(commit);
            if (named.isPresent()) {
                assertThat(named.get())
                        .as("%s: %s goes back", what, source)
                        .isGreaterThanOrEqualTo(sourceVersion);
                sourceVersion = named.get();
                expected = sorted(query.apply(sourceVersion));
            }
            commit.removes().forEach(file -> live.remove(file.path()));
            commit.adds().forEach(file -> live.put(file.path(), file));
            List<List<Object>> rows = rows();
            checkRows(rows, commit, what);
            feed.changes(next)
                    .forEach(c -> replayed.merge(c.row(), c.adds() ? 1 : -1, Integer::sum));
            replayed.values().removeIf(count -> count == 0);
            Map<List<Object>, Integer> counted = new HashMap<>();
            rows.forEach(row -> counted.merge(row, 1, Integer::sum));
            assertThat(replayed).as("%s: replay of the feed", what).isEqualTo(counted);
            assertThat(feed.keysChangedTwice(List.of(key), next)).as(what).isEmpty();
        }
    }

    private void checkRows(List<List<Object>> rows, RawCommit commit, String what) {
        List<List<Object>> ours = new ArrayList<>(rows);
        ours.removeIf(OtherWriter::isItsOwn);
        assertThat(sorted(ours))
                .as("%s, of %s at %d", what, source, sourceVersion)
                .isEqualTo(expected);
        List<String> theirs = sorted(rows.stream().filter(OtherWriter::isItsOwn).toList());
        if (commit.parameter("millrace.token").isPresent()) {
            assertThat(theirs).as("%s: rows of another writer", what).isEqualTo(others);
        }
        others = theirs;
    }

    private void checkTransaction(RawCommit commit, String what) {
        for (Map.Entry<String, Long> id : commit.transactions().entrySet()) {
            assertThat(transactions.getOrDefault(id.getKey(), -1L))
                    .as("%s: transaction %s", what, id)
                    .isLessThan(id.getValue());
            transactions.put(id.getKey(), id.getValue());
        }
        commit.parameter("millrace.token")
                .ifPresent(
                        token ->
                                assertThat(tokens.add(token)).as("%s: token twice", what).isTrue());
    }

    private List<List<Object>> rows() {
        List<String> columns = table.columns();
        List<List<Object>> rows = new ArrayList<>();
        live.values().forEach(file -> rows.addAll(table.liveRows(file, columns)));
        return rows;
    }

    private Optional<Long> sourceOf(RawCommit commit) {
        return commit.parameter("millrace.sources")
                .map(
                        json -> {
                            try {
                                return JSON.readTree(json).path(source).asLong(-1);
                            } catch (JsonProcessingException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
    }

    private static List<String> sorted(List<List<Object>> rows) {
        return rows.stream().map(Object::toString).sorted().toList();
    }
}
