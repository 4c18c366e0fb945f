package io.millrace.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.table.api.Schema.UnresolvedColumn;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableFactory.Context;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Folders of Parquet, CSV or JSON files as tables to read. Options: {@code path}, {@code format}
 * and those of the format, and {@code file-sort-order}, which says how the rows of each file are
 * ordered ({@code id ASC, at DESC}); nobody checks it. Columns of PARTITIONED BY come from folders
 * named {@code column=value}.
 */
final class ListingTables {

    static final String CONNECTOR = "listing";

    private static final String FORMAT = "format";
    private static final String SORT_ORDER = "file-sort-order";
    private static final Set<String> FORMATS = Set.of("parquet", "csv", "json");

    private ListingTables() {}

    static boolean isListing(Map<String, String> options) {
        return CONNECTOR.equals(options.get("connector"));
    }

    /**
     * @throws ValidationException if the definition lacks something or says what it cannot
     */
    static void check(String name, CatalogBaseTable table) {
        Map<String, String> options = table.getOptions();
        String format = options.getOrDefault(FORMAT, "");
        if (!FORMATS.contains(format)) {
            throw refused(
                    name, "'format' is '%s'".formatted(format), "It is one of csv, json, parquet");
        }
        if (!options.containsKey("path")) {
            throw refused(name, "there is no 'path'", "Name the folder of its files");
        }
        List<String> columns =
                table.getUnresolvedSchema().getColumns().stream()
                        .map(UnresolvedColumn::getName)
                        .toList();
        if (columns.isEmpty()) {
            throw refused(name, "it has no columns", "Declare them: files do not name their types");
        }
        for (String term : options.getOrDefault(SORT_ORDER, "").split(",")) {
            String[] words = term.trim().split("\\s+");
            boolean direction =
                    words.length == 1
                            || (words.length == 2
                                    && Set.of("ASC", "DESC")
                                            .contains(words[1].toUpperCase(Locale.ROOT)));
            if (!term.isBlank() && !(direction && columns.contains(words[0]))) {
                throw refused(
                        name,
                        "'%s' is no order of its columns %s".formatted(term.trim(), columns),
                        "Write COLUMN ASC or COLUMN DESC, with commas between");
            }
        }
    }

    private static ValidationException refused(String name, String why, String todo) {
        return new ValidationException(
                "%s: cannot be a table of files: %s. %s.".formatted(name, why, todo));
    }

    static DynamicTableSource source(Context context) {
        check(context.getObjectIdentifier().getObjectName(), context.getCatalogTable());
        Map<String, String> options = new TreeMap<>(context.getCatalogTable().getOptions());
        options.put("connector", "filesystem");
        options.remove(SORT_ORDER);
        return FactoryUtil.discoverFactory(
                        context.getClassLoader(), DynamicTableSourceFactory.class, "filesystem")
                .createDynamicTableSource(
                        new FactoryUtil.DefaultDynamicTableContext(
                                context.getObjectIdentifier(),
                                context.getCatalogTable().copy(options),
                                context.getEnrichmentOptions(),
                                context.getConfiguration(),
                                context.getClassLoader(),
                                context.isTemporary()));
    }
}
