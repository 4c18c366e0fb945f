package io.millrace.shell;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One commit of a statement.
 *
 * @param table as it is called
 * @param version of the table after it
 * @param inserted net rows, as are {@code updated} and {@code deleted}
 */
public record Committed(String table, long version, long inserted, long updated, long deleted) {
    public Committed {
        requireNonNull(table, "table is null");
    }

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("table", table);
        document.put("version", version);
        document.put("inserted", inserted);
        document.put("updated", updated);
        document.put("deleted", deleted);
        return document;
    }

    @Override
    public String toString() {
        return "%s: version %d: +%d inserted, ~%d updated, -%d deleted"
                .formatted(table, version, inserted, updated, deleted);
    }
}
