package io.millrace.codegraph.tables;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All extracted tables, open for writing. */
final class TargetTables implements Closeable {
    private final KnownFiles files;
    private final Map<ExtractedTable, TargetTable> tables = new EnumMap<>(ExtractedTable.class);

    private TargetTables(KnownFiles files) {
        this.files = files;
    }

    static TargetTables open(ExtractedRevisions revisions) throws IOException {
        KnownFiles files = KnownFiles.read(revisions.history(ExtractedTable.SOURCE_FILES).table());
        TargetTables opened = new TargetTables(files);
        try {
            for (ExtractedTable table : ExtractedTable.values()) {
                opened.tables.put(table, TargetTable.open(table, revisions.history(table)));
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    KnownFiles files() {
        return files;
    }

    /** Files of which some table has rows, though no other repository has them. */
    Set<String> filesOf(String repository) {
        Set<String> all = new HashSet<>();
        tables.values().forEach(table -> all.addAll(table.files()));
        all.removeAll(files.idsOutside(repository));
        return all;
    }

    /** Commits a revision to the tables that lack it, in their order. */
    List<TableReport> commit(
            RevisionMark mark, Collection<ExtractedFile> changed, Collection<String> deleted)
            throws IOException {
        List<TableReport> reports = new ArrayList<>();
        for (TargetTable table : tables.values()) {
            if (table.newestNumber() < mark.number()) {
                reports.add(table.commit(mark, changed, deleted));
            }
        }
        return reports;
    }

    @Override
    public void close() throws IOException {
        for (TargetTable table : tables.values()) {
            table.close();
        }
    }
}
