package io.millrace.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.SettingsSnapshot;
import io.millrace.catalog.information.InformationFacts;
import io.millrace.catalog.procedures.DocumentedProcedure;
import io.millrace.catalog.procedures.SysProcedures;
import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.table.CacheUse;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.functions.FunctionRegistry;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.ObjectPath;

/** What this catalog and its session can tell of themselves. */
final class CatalogFacts implements InformationFacts {

    private final Databases databases;
    private final TableLookup lookup;
    private final SysProcedures procedures;
    private final Supplier<List<CacheUse>> caches;
    private final SessionFacts session;

    CatalogFacts(
            Databases databases,
            TableLookup lookup,
            SysProcedures procedures,
            Supplier<List<CacheUse>> caches,
            SessionFacts session) {
        this.databases = requireNonNull(databases, "databases is null");
        this.lookup = requireNonNull(lookup, "lookup is null");
        this.procedures = requireNonNull(procedures, "procedures is null");
        this.caches = requireNonNull(caches, "caches is null");
        this.session = requireNonNull(session, "session is null");
    }

    @Override
    public List<String> databases() {
        return databases.names();
    }

    @Override
    public CatalogDatabase database(String name) {
        return databases.get(name);
    }

    @Override
    public List<KnownTable> tables() {
        List<KnownTable> tables = new ArrayList<>();
        for (String database : databases.names()) {
            for (String name : lookup.names(database)) {
                tables.add(table(new ObjectPath(database, name)));
            }
        }
        return tables;
    }

    /** What is wrong with one table is said of it, and hides no other. */
    private KnownTable table(ObjectPath path) {
        Optional<CatalogBaseTable> definition = Optional.empty();
        Optional<TableSnapshot> snapshot = Optional.empty();
        Optional<String> problem = Optional.empty();
        try {
            definition = lookup.find(path);
            if (definition.filter(DerivedTables::isDelta).isPresent()) {
                Request request = Request.ofTable(definition.get().getOptions());
                snapshot = Optional.of(lookup.open(request).snapshot());
            }
        } catch (RefusedException | ValidationException | UncheckedIOException e) {
            problem = Optional.of(String.valueOf(e.getMessage()));
        }
        return new KnownTable(
                path.getDatabaseName(), path.getObjectName(), definition, snapshot, problem);
    }

    @Override
    public FunctionRegistry functions() {
        return session.functions();
    }

    @Override
    public List<String> functionNames() {
        return session.functionNames().get();
    }

    @Override
    public List<KnownProcedure> procedures() {
        return procedures.all().stream().map(CatalogFacts::known).toList();
    }

    private static KnownProcedure known(DocumentedProcedure procedure) {
        return new KnownProcedure(
                SysProcedures.DATABASE,
                procedure.name(),
                procedure.documentation(),
                procedure.arguments().stream()
                        .map(
                                argument ->
                                        new KnownArgument(
                                                argument.name(),
                                                argument.type().value(),
                                                argument.isOptional()))
                        .toList());
    }

    @Override
    public SettingsSnapshot settings() {
        return session.settings().get();
    }

    @Override
    public List<CacheUse> caches() {
        List<CacheUse> all = new ArrayList<>(caches.get());
        all.addAll(session.caches().get());
        return all;
    }
}
