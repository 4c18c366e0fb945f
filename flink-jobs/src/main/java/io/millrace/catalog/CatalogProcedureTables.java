package io.millrace.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.catalog.procedures.ProcedureTables;
import io.millrace.delta.dataset.ConsumerPositions;
import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.table.DeltaTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.ObjectPath;

/** Finds the tables that procedures name. */
final class CatalogProcedureTables implements ProcedureTables {

    private final TableLookup lookup;
    private final WarehouseFolders folders;

    CatalogProcedureTables(TableLookup lookup, WarehouseFolders folders) {
        this.lookup = requireNonNull(lookup, "lookup is null");
        this.folders = requireNonNull(folders, "folders is null");
    }

    @Override
    public DeltaTable open(String name) {
        for (ObjectPath path : candidates(withoutCatalog(String.valueOf(name)))) {
            Map<String, String> options =
                    lookup.find(path)
                            .filter(DerivedTables::isDelta)
                            .map(table -> table.getOptions())
                            .orElse(Map.of());
            if (!options.isEmpty()) {
                return lookup.open(Request.ofTable(options));
            }
        }
        throw new ValidationException(
                "%s: cannot call the procedure: there is no Delta table of that name. Name one as TABLE, DATABASE.TABLE or by its location."
                        .formatted(name));
    }

    private static String withoutCatalog(String name) {
        String catalog = DeltaCatalog.NAME + ".";
        return name.startsWith(catalog) ? name.substring(catalog.length()) : name;
    }

    /** A name without a database is in the warehouse; a database may have dots in its name. */
    private static List<ObjectPath> candidates(String name) {
        List<ObjectPath> paths = new ArrayList<>();
        if (name.isBlank()) {
            return paths;
        }
        if (name.startsWith("/") || Locations.isUri(name)) {
            return List.of(new ObjectPath(DeltaCatalog.PATH_DATABASE, name));
        }
        paths.add(new ObjectPath(DeltaCatalog.DEFAULT_DATABASE, name));
        for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
            if (dot + 1 < name.length()) {
                paths.add(new ObjectPath(name.substring(0, dot), name.substring(dot + 1)));
            }
        }
        return paths;
    }

    @Override
    public Path warehouse() {
        return folders.root();
    }

    @Override
    public ConsumerPositions consumers() {
        return new ConsumerPositions(
                folders.root().resolve(DeltaCatalog.INTERNAL_FOLDER).resolve("consumers"));
    }
}
