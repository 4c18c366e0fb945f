package io.millrace.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectPath;

/**
 * A table of a catalog file.
 *
 * @param database its database
 * @param columns types as SQL, by name, in order; none for a Delta table that says them itself
 * @param key primary key; not enforced
 * @param options connector and all else, as in the WITH of a statement
 */
public record DeclaredTable(
        String database,
        String name,
        String comment,
        Map<String, String> columns,
        List<String> key,
        List<String> partitionBy,
        Map<String, String> options) {

    public DeclaredTable {
        requireNonNull(database, "database is null");
        requireNonNull(name, "name is null");
        requireNonNull(comment, "comment is null");
        requireNonNull(columns, "columns is null");
        key = List.copyOf(key);
        partitionBy = List.copyOf(partitionBy);
        options = new TreeMap<>(options);
    }

    ObjectPath path() {
        return new ObjectPath(database, name);
    }

    CatalogTable table() {
        Schema.Builder schema = Schema.newBuilder();
        columns.forEach(
                (column, type) ->
                        schema.column(column, key.contains(column) ? notNull(type) : type));
        if (!key.isEmpty() && !columns.isEmpty()) {
            schema.primaryKey(key);
        }
        return CatalogTable.newBuilder()
                .schema(schema.build())
                .comment(comment)
                .partitionKeys(partitionBy)
                .options(options)
                .build();
    }

    private static String notNull(String type) {
        return type.toUpperCase(Locale.ROOT).endsWith("NOT NULL") ? type : type + " NOT NULL";
    }
}
