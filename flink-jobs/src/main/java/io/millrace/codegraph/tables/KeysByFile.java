package io.millrace.codegraph.tables;

import io.millrace.delta.table.DeltaTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.data.RowData;

/**
 * The keys that each file has in one table: read once, then kept up to date with what is written.
 */
final class KeysByFile {
    private final Map<String, List<String>> keys = new HashMap<>();

    private KeysByFile() {}

    static KeysByFile read(DeltaTable table, ExtractedTable extracted) throws IOException {
        KeysByFile result = new KeysByFile();
        TableRows.read(table, extracted.fileColumns(), result::add);
        return result;
    }

    List<String> of(String fileId) {
        return keys.getOrDefault(fileId, List.of());
    }

    Set<String> files() {
        return Set.copyOf(keys.keySet());
    }

    void put(String fileId, List<String> fileKeys) {
        if (fileKeys.isEmpty()) {
            keys.remove(fileId);
        } else {
            keys.put(fileId, List.copyOf(fileKeys));
        }
    }

    private void add(RowData row) {
        String fileId = row.getString(row.getArity() - 1).toString();
        keys.computeIfAbsent(fileId, f -> new ArrayList<>()).add(row.getString(0).toString());
    }
}
