package io.millrace.session;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.table.CacheUse;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.StorageOptions;
import io.millrace.planner.sql.ReadTables;
import io.millrace.planner.sql.SqlScript;
import io.millrace.planner.sql.SqlStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableEnvironment;

/**
 * Queries of a session, parsed and resolved, by their canonical form (the values of parameters are
 * part of it) and where names are looked up. One is used again only while each Delta table that it
 * reads is at the version that it was resolved with, so no query reads an old version as the
 * latest; so it is kept from its second use on. The least recently used go first.
 *
 * <p>Statements that change what names stand for ask for {@link #clear}; so does each SET.
 */
public final class PreparedStatements {
    private final TableEnvironment tables;
    private final StorageOptions storage;
    private final int limit;
    private final Map<String, Prepared> byText = new LinkedHashMap<>(16, 0.75f, true);
    private long hits;
    private long misses;
    private long evictions;

    /**
     * A query that was asked for.
     *
     * @param table the query, resolved after the versions were read; empty where it was asked for
     *     once: only then is it known what it reads
     * @param versions of the tables that it reads, by location
     */
    private record Prepared(Optional<Table> table, Map<String, Long> versions) {
        Prepared {
            requireNonNull(table, "table is null");
            versions = Map.copyOf(versions);
        }
    }

    PreparedStatements(TableEnvironment tables, StorageOptions storage, int limit) {
        this.tables = requireNonNull(tables, "tables is null");
        this.storage = requireNonNull(storage, "storage is null");
        this.limit = limit;
    }

    /**
     * The query, parsed and resolved now or before.
     *
     * @param statement of kind QUERY
     */
    public synchronized Table query(SqlStatement statement) {
        String text =
                tables.getCurrentCatalog()
                        + "."
                        + tables.getCurrentDatabase()
                        + ": "
                        + text(statement);
        Prepared before = byText.get(text);
        Map<String, Long> latest = before == null ? Map.of() : latest(before.versions().keySet());
        if (before != null && before.table().isPresent() && before.versions().equals(latest)) {
            hits++;
            return before.table().get();
        }
        misses++;
        Table table = tables.sqlQuery(statement.padded());
        Set<String> locations = new TreeSet<>();
        for (Map<String, String> options : ReadTables.of(table)) {
            if (!options.containsKey("path")) {
                // Whether it would be the same again is not known.
                byText.remove(text);
                return table;
            }
            locations.add(options.get("path"));
        }
        boolean readBefore = before != null && latest.keySet().equals(locations);
        keep(
                text,
                readBefore
                        ? new Prepared(Optional.of(table), latest)
                        : new Prepared(
                                Optional.empty(),
                                locations.stream()
                                        .collect(Collectors.toMap(name -> name, name -> -1L))));
        return table;
    }

    /** The canonical form leaves out hints, which say what is read. */
    private static String text(SqlStatement statement) {
        return statement.padded().contains("/*+")
                ? statement.padded().strip()
                : SqlScript.canonical(statement);
    }

    private void keep(String text, Prepared prepared) {
        byText.put(text, prepared);
        List<String> oldest = new ArrayList<>(byText.keySet());
        for (int i = 0; i < oldest.size() - limit; i++) {
            byText.remove(oldest.get(i));
            evictions++;
        }
    }

    private Map<String, Long> latest(Set<String> locations) {
        Map<String, Long> latest = new LinkedHashMap<>();
        for (String location : locations) {
            DeltaTable table = DatasetResolver.table(location, storage);
            latest.put(location, table.exists() ? table.log().latestVersion() : -1L);
        }
        return latest;
    }

    /** Forgets all. */
    public synchronized void clear() {
        evictions += byText.size();
        byText.clear();
    }

    public synchronized CacheUse use() {
        return new CacheUse(
                "prepared statements",
                byText.size(),
                limit,
                OptionalLong.empty(),
                hits,
                misses,
                evictions);
    }
}
