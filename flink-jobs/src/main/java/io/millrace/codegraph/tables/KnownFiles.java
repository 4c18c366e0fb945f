package io.millrace.codegraph.tables;

import io.millrace.delta.table.DeltaTable;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.data.RowData;

/** The files that table {@code source_files} holds, of all repositories. */
final class KnownFiles {
    private static final List<String> COLUMNS = List.of("file_id", "repo", "path", "sha256");

    private final Map<String, Map<String, String>> hashes = new HashMap<>();
    private final Map<String, Set<String>> ids = new HashMap<>();

    private KnownFiles() {}

    static KnownFiles read(DeltaTable sourceFiles) throws IOException {
        KnownFiles result = new KnownFiles();
        TableRows.read(sourceFiles, COLUMNS, result::add);
        return result;
    }

    /** SHA-256 by path of the files of a repository. */
    Map<String, String> of(String repository) {
        return hashes.computeIfAbsent(repository, r -> new HashMap<>());
    }

    /** Ids of the files of all other repositories. */
    Set<String> idsOutside(String repository) {
        Set<String> outside = new HashSet<>();
        ids.forEach(
                (other, files) -> {
                    if (!other.equals(repository)) {
                        outside.addAll(files);
                    }
                });
        return outside;
    }

    /** Replaces what is known of a repository. */
    void put(String repository, Map<String, String> hashByPath) {
        hashes.put(repository, new HashMap<>(hashByPath));
    }

    private void add(RowData row) {
        String repository = row.getString(1).toString();
        of(repository).put(row.getString(2).toString(), row.getString(3).toString());
        ids.computeIfAbsent(repository, r -> new HashSet<>()).add(row.getString(0).toString());
    }
}
