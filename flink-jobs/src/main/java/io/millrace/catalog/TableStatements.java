package io.millrace.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.sink.sql.DeltaTables;
import io.millrace.delta.source.sql.DeltaTableSourceFactory;
import io.millrace.delta.table.StorageOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogBaseTable;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.TableChange;

/**
 * CREATE, ALTER, DROP and RENAME. A Delta table without a location, or at that of its name, is a
 * folder of the warehouse, made and dropped with its data; anywhere else it is made if it is not
 * there and a definition remembers the place, and dropping takes the definition only. What a log
 * cannot hold (options of reading and writing, computed columns, watermarks) is a definition over
 * the table.
 */
final class TableStatements {

    private static final String CONNECTOR = "connector";
    private static final String PATH = "path";
    private static final String DATASET = "dataset";

    private final WarehouseFolders folders;
    private final DefinitionFiles definitions;
    private final TableLookup lookup;
    private final StorageOptions storage;

    TableStatements(
            WarehouseFolders folders,
            DefinitionFiles definitions,
            TableLookup lookup,
            StorageOptions storage) {
        this.folders = requireNonNull(folders, "folders is null");
        this.definitions = requireNonNull(definitions, "definitions is null");
        this.lookup = requireNonNull(lookup, "lookup is null");
        this.storage = requireNonNull(storage, "storage is null");
    }

    /** Makes what is not there; the name is free. */
    void create(ObjectPath path, CatalogBaseTable table) {
        Names.checkTable(path.getObjectName());
        ResolvedCatalogBaseTable<?> resolved = (ResolvedCatalogBaseTable<?>) table;
        if (!(resolved instanceof ResolvedCatalogTable declared)) {
            definitions.put(path, resolved);
        } else if (isDelta(declared.getOptions())) {
            createDelta(path, declared);
        } else {
            check(path, declared);
            definitions.put(path, declared);
        }
    }

    /** Takes a table of the catalog file, which is not looked for before it is used. */
    void declare(ObjectPath path, CatalogTable table) {
        Names.checkTable(path.getObjectName());
        check(path, table);
        lookup.declare(path, table);
    }

    /**
     * @throws ValidationException if the table cannot lie where it says, or be what it says
     */
    private void check(ObjectPath path, CatalogTable table) {
        String location = table.getOptions().get(PATH);
        if (location != null) {
            Locations.check(path.getObjectName(), location, folders.root());
        }
        if (ListingTables.isListing(table.getOptions())) {
            ListingTables.check(path.getObjectName(), table);
        }
    }

    private static boolean isDelta(Map<String, String> options) {
        return options.getOrDefault(CONNECTOR, DeltaTableSourceFactory.IDENTIFIER)
                .equals(DeltaTableSourceFactory.IDENTIFIER);
    }

    private void createDelta(ObjectPath path, ResolvedCatalogTable table) {
        String name = path.getObjectName();
        String inWarehouse = folders.table(path).toString();
        String location = table.getOptions().getOrDefault(PATH, inWarehouse);
        Locations.check(name, location, folders.root());
        if (table.getDistribution().isPresent()) {
            throw new ValidationException(
                    "%s: cannot be made: a Delta table has no DISTRIBUTED BY. Leave it out, or use PARTITIONED BY."
                            .formatted(name));
        }
        Map<String, String> options = new TreeMap<>(table.getOptions());
        options.put(CONNECTOR, DeltaTableSourceFactory.IDENTIFIER);
        options.put(PATH, location);
        options.putIfAbsent(DATASET, name);
        boolean declared = !table.getResolvedSchema().getColumns().isEmpty();
        StorageOptions reached = storage.with(StorageOptions.ofTable(name, options));
        if (declared) {
            DeltaTables.create(name, location, reached, table);
        } else {
            lookup.open(Request.ofTable(options));
        }
        boolean managed = location.equals(inWarehouse);
        if (!managed || !isInTheLog(name, table, options)) {
            definitions.put(path, overlay(table, options));
        }
    }

    /** Whether the table's log says all that the statement does. */
    private static boolean isInTheLog(
            String name, ResolvedCatalogTable table, Map<String, String> options) {
        ResolvedSchema schema = table.getResolvedSchema();
        return schema.getColumns().stream().allMatch(Column::isPhysical)
                && schema.getWatermarkSpecs().isEmpty()
                && overlay(options)
                        .equals(
                                Map.of(
                                        CONNECTOR,
                                        DeltaTableSourceFactory.IDENTIFIER,
                                        PATH,
                                        options.get(PATH),
                                        DATASET,
                                        name));
    }

    /** The definition over a table: what the table itself remembers is not said twice. */
    private static ResolvedCatalogTable overlay(
            ResolvedCatalogTable table, Map<String, String> options) {
        return table.copy(overlay(options));
    }

    private static Map<String, String> overlay(Map<String, String> options) {
        Map<String, String> overlay = new TreeMap<>(options);
        overlay.keySet().removeIf(option -> !DeltaTables.isOption(option));
        overlay.keySet().removeAll(DeltaTables.onlyForCreation(options.keySet()));
        return overlay;
    }

    /** Replaces the definition of a view, or of a table of another connector. */
    void replace(ObjectPath path, CatalogBaseTable before, CatalogBaseTable table) {
        if (DerivedTables.isDelta(before)) {
            throw new ValidationException(
                    "%s: cannot be altered in this way: a Delta table is altered change by change. Use ALTER TABLE."
                            .formatted(path.getObjectName()));
        }
        definitions.put(path, (ResolvedCatalogBaseTable<?>) table);
    }

    /** Alters a table that is there. */
    void alter(
            ObjectPath path,
            CatalogBaseTable before,
            CatalogBaseTable table,
            List<TableChange> changes) {
        if (lookup.isRegistered(path) || !definitionOrFolder(path)) {
            throw new ValidationException(
                    "%s: cannot be altered: it is not a table of the catalog's own. Alter the table that it stands for."
                            .formatted(path.getObjectName()));
        }
        if (!DerivedTables.isDelta(before)) {
            definitions.put(path, (ResolvedCatalogBaseTable<?>) table);
            return;
        }
        ResolvedCatalogTable declared = (ResolvedCatalogTable) table;
        DeltaChanges delta = DeltaChanges.of(path.getObjectName(), before, changes);
        delta.carryOut(lookup.open(Request.ofTable(before.getOptions())));
        boolean hasColumns =
                definitions
                        .find(path)
                        .map(kept -> !kept.getUnresolvedSchema().getColumns().isEmpty())
                        .orElse(true);
        if (definitions.find(path).isPresent() || delta.changesDefinition()) {
            definitions.put(
                    path, hasColumns ? overlay(declared, declared.getOptions()) : bare(declared));
        }
    }

    private static ResolvedCatalogTable bare(ResolvedCatalogTable table) {
        return new ResolvedCatalogTable(
                CatalogTable.newBuilder()
                        .schema(org.apache.flink.table.api.Schema.newBuilder().build())
                        .comment(table.getComment())
                        .options(overlay(table.getOptions()))
                        .build(),
                ResolvedSchema.of());
    }

    private boolean definitionOrFolder(ObjectPath path) {
        return definitions.find(path).isPresent() || folders.isTable(path);
    }

    /** Drops a table or view that is there; the rows of one in the warehouse go with it. */
    void drop(ObjectPath path) {
        if (lookup.isRegistered(path) || !definitionOrFolder(path)) {
            throw new ValidationException(
                    "%s: cannot be dropped: it is not a table of the catalog's own. Drop the table that it stands for, or delete its folder."
                            .formatted(path.getObjectName()));
        }
        boolean elsewhere = definitions.find(path).map(kept -> !isOver(path, kept)).orElse(false);
        definitions.remove(path);
        if (!elsewhere && folders.isTable(path)) {
            folders.delete(folders.table(path));
        }
    }

    private boolean isOver(ObjectPath path, CatalogBaseTable definition) {
        return DerivedTables.isDelta(definition)
                && folders.table(path).equals(Path.of(definition.getOptions().get(PATH)));
    }

    /** Renames a table or view that is there, within its database; the new name is free. */
    void rename(ObjectPath path, ObjectPath renamed, CatalogBaseTable table) {
        Names.checkTable(renamed.getObjectName());
        if (lookup.isRegistered(path) || !definitionOrFolder(path)) {
            throw new ValidationException(
                    "%s: cannot be renamed: it is not a table of the catalog's own."
                            .formatted(path.getObjectName()));
        }
        boolean elsewhere = definitions.find(path).map(kept -> !isOver(path, kept)).orElse(false);
        boolean inFolder = !elsewhere && folders.isTable(path);
        if (inFolder) {
            folders.move(folders.table(path), folders.table(renamed));
        }
        String from = path.getObjectName();
        String to = renamed.getObjectName();
        definitions.rename(
                path,
                renamed,
                (key, value) ->
                        switch (key) {
                            case PATH -> inFolder ? folders.table(renamed).toString() : value;
                            case DATASET -> value.equals(from) ? to : value;
                            default -> value;
                        });
    }
}
