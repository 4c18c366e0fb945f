package io.millrace.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.catalog.information.InformationSchema;
import io.millrace.catalog.procedures.SysProcedures;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;

/** The databases of a catalog: its own, the folders that hold tables, and those that were made. */
final class Databases {

    private static final Map<String, String> OWN =
            new TreeMap<>(
                    Map.of(
                            DeltaCatalog.DEFAULT_DATABASE, "the warehouse",
                            DeltaCatalog.RESULTS_DATABASE, "targets of the pipeline at hand",
                            DeltaCatalog.PATH_DATABASE, "tables by their location",
                            ArtifactTables.DATABASE, "plans and runs of this warehouse",
                            InformationSchema.DATABASE, "what the session knows, as tables",
                            SysProcedures.DATABASE, "procedures"));

    private final WarehouseFolders folders;
    private final DefinitionFiles definitions;
    private final Map<String, String> declared = new TreeMap<>();

    Databases(WarehouseFolders folders, DefinitionFiles definitions) {
        this.folders = requireNonNull(folders, "folders is null");
        this.definitions = requireNonNull(definitions, "definitions is null");
    }

    /** Declares a database of the catalog file. */
    void declare(String name, String comment) {
        checkOwn(name, "given tables");
        if (!OWN.containsKey(name)) {
            Names.checkDatabase(name);
            declared.merge(name, comment, (first, second) -> first.isEmpty() ? second : first);
        }
    }

    List<String> names() {
        TreeSet<String> names = new TreeSet<>(OWN.keySet());
        names.addAll(folders.databases());
        names.addAll(definitions.databases());
        names.addAll(declared.keySet());
        return List.copyOf(names);
    }

    boolean exists(String name) {
        return OWN.containsKey(name)
                || declared.containsKey(name)
                || (Names.isDatabase(name)
                        && (definitions.database(name).isPresent()
                                || !folders.tables(name).isEmpty()));
    }

    CatalogDatabase get(String name) {
        return definitions
                .database(name)
                .orElseGet(
                        () ->
                                new CatalogDatabaseImpl(
                                        Map.of(),
                                        OWN.getOrDefault(name, declared.getOrDefault(name, ""))));
    }

    /** Makes one; the name is free. */
    void create(String name, CatalogDatabase database) {
        Names.checkDatabase(name);
        Locations.check(name, folders.database(name).toString(), folders.root());
        folders.create(folders.database(name));
        definitions.putDatabase(name, database);
    }

    void alter(String name, CatalogDatabase database) {
        checkOwn(name, "altered");
        definitions.putDatabase(name, database);
    }

    /** Drops one that has no tables; its folder goes if nothing else is in it. */
    void drop(String name) {
        if (name.equals(DeltaCatalog.DEFAULT_DATABASE)) {
            throw new ValidationException(
                    "default: cannot be dropped: it is the warehouse itself. Drop its tables.");
        }
        definitions.removeDatabase(name);
        folders.deleteIfEmpty(folders.database(name));
    }

    /**
     * @throws ValidationException if the database shows what lies elsewhere
     */
    void checkOwn(String name, String what) {
        if (OWN.containsKey(name) && !name.equals(DeltaCatalog.DEFAULT_DATABASE)) {
            throw new ValidationException(
                    "%s: cannot be %s: the catalog fills it. Use 'default' or a database of your own."
                            .formatted(name, what));
        }
    }
}
