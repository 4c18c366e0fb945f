package io.millrace.codegraph.tables;

import io.millrace.codegraph.input.RevisionHistory;
import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.StorageOptions;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was extracted into a warehouse: each table as it was when it was first looked at. */
public final class ExtractedRevisions {
    private final Map<ExtractedTable, TableHistory> tables = new EnumMap<>(ExtractedTable.class);

    public ExtractedRevisions(Path warehouse) {
        for (ExtractedTable table : ExtractedTable.values()) {
            String location = warehouse.resolve(table.tableName()).toString();
            DeltaTable delta = DatasetResolver.table(location, StorageOptions.NONE);
            tables.put(table, new TableHistory(delta));
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
                    (table, history) ->
                            history.versionOf(newest.get().number())
                                    .ifPresent(v -> versions.put(table.tableName(), v)));
        }
        return versions;
    }

    /** What refreshes extract further, as the newest revision says. */
    public Optional<String> follow() {
        return newestWhole().flatMap(RevisionMark::follow);
    }

    /** The newest revision that all tables hold. */
    private Optional<RevisionMark> newestWhole() {
        long held = Long.MAX_VALUE;
        for (TableHistory history : tables.values()) {
            held = Math.min(held, history.newestNumber());
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
        return tables.get(table);
    }
}
