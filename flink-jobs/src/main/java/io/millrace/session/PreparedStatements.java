package io.millrace.session;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.StorageOptions;
import io.millrace.planner.sql.ReadTables;
import io.millrace.planner.sql.SqlScript;
import io.millrace.planner.sql.SqlStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableEnvironment;

/**
 * Queries of a session, parsed and resolved, by their canonical form (the values of parameters are
 * part of it) and where names are looked up. One is used again only while each Delta table that it
 * reads is at the version that it was resolved with, so no query reads an old version as the
 * latest. The least recently used go first.
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

    /** A resolved query, and the versions of the tables that it reads, by location. */
    private record Prepared(Table table, Map<String, Long> versions) {
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
                        + SqlScript.canonical(statement);
        Prepared prepared = byText.get(text);
        if (prepared != null && prepared.versions().equals(latest(prepared.versions()))) {
            hits++;
            return prepared.table();
        }
        misses++;
        if (prepared != null) {
            byText.remove(text);
            evictions++;
        }
        Table table = tables.sqlQuery(statement.padded());
        Map<String, Long> asked = new LinkedHashMap<>();
        ReadTables.of(table).forEach(options -> asked.put(options.get("path"), -1L));
        if (!asked.containsKey(null)) {
            keep(text, new Prepared(table, latest(asked)));
        }
        return table;
    }

    private void keep(String text, Prepared prepared) {
        byText.put(text, prepared);
        List<String> oldest = new ArrayList<>(byText.keySet());
        for (int i = 0; i < oldest.size() - limit; i++) {
            byText.remove(oldest.get(i));
            evictions++;
        }
    }

    private Map<String, Long> latest(Map<String, Long> versions) {
        Map<String, Long> latest = new LinkedHashMap<>();
        for (String location : versions.keySet()) {
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

    public synchronized CacheStatistics statistics() {
        return new CacheStatistics(
                "prepared statements", byText.size(), limit, hits, misses, evictions);
    }
}
