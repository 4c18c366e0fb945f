package io.millrace.codegraph.tables;

import io.millrace.codegraph.input.RevisionHistory;
import io.millrace.delta.table.DeltaTable;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was extracted into a warehouse. Each question looks at the logs of the tables. */
public final class ExtractedRevisions {
    private final Map<ExtractedTable, DeltaTable> tables = new EnumMap<>(ExtractedTable.class);

    public ExtractedRevisions(Path warehouse) {
        for (ExtractedTable table : ExtractedTable.values()) {
            tables.put(table, DeltaTable.at(warehouse.resolve(table.tableName()).toString()));
        }
    }

    /**
     * The version of each table, by its name, that holds the newest revision which all tables hold.
     * Empty where there is no such revision.
     */
    public Map<String, Long> newestVersions() {
        Optional<RevisionMark> newest = newestWhole();
        Map<String, Long> versions = new TreeMap<>();
        if (newest.isPresent()) {
            tables.forEach(
                    (table, delta) ->
                            new TableHistory(delta)
                                    .versionOf(newest.get().number())
                                    .ifPresent(v -> versions.put(table.tableName(), v)));
        }
        return versions;
    }

    /** What refreshes extract further, as the newest revision says. */
    public Optional<String> follow() {
        return newestWhole().flatMap(RevisionMark::follow);
    }

    /** Whether all tables are there. */
    public boolean exist() {
        return tables.values().stream().allMatch(DeltaTable::exists);
    }

    DeltaTable table(ExtractedTable table) {
        return tables.get(table);
    }

    /** The newest revision that all tables hold. */
    private Optional<RevisionMark> newestWhole() {
        long held = Long.MAX_VALUE;
        for (DeltaTable table : tables.values()) {
            held = Math.min(held, new TableHistory(table).newestNumber());
        }
        long all = held;
        return files().newest(mark -> mark.number() <= all && !mark.abandoned());
    }

    /** The newest revision that any table holds; others may still lack it. */
    RevisionMark newestBegun() {
        return history(ExtractedTable.ANCHORS).newest();
    }

    /** The newest revision that the last table holds, and so all: it may be an abandoned one. */
    RevisionMark newestDone() {
        return files().newest();
    }

    /** The revisions of one repository. */
    RevisionHistory of(String repository) {
        Optional<String> newest = Optional.ofNullable(newestDone().revisions().get(repository));
        return new RevisionHistory() {
            @Override
            public Optional<String> newest() {
                return newest;
            }

            @Override
            public boolean contains(String revisionId) {
                return files().newest(
                                mark ->
                                        mark.repository().equals(repository)
                                                && mark.revision().equals(revisionId)
                                                && !mark.abandoned())
                        .isPresent();
            }
        };
    }

    private TableHistory files() {
        return history(ExtractedTable.SOURCE_FILES);
    }

    TableHistory history(ExtractedTable table) {
        return new TableHistory(tables.get(table));
    }
}
