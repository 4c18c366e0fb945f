package io.millrace.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.catalog.DerivedName.Kind;
import io.millrace.delta.dataset.Dataset;
import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.source.metadata.MetadataTable;
import io.millrace.delta.source.sql.DeltaSourceOptions;
import io.millrace.delta.table.StorageOptions;
import io.millrace.delta.table.TimeRounding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.PartitionNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotPartitionedException;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.flink.table.factories.Factory;

/**
 * The catalog {@code delta}. Database {@code default} is the warehouse: its Delta tables are found
 * by their logs, and a pipeline's sources are registered beside them, wherever they lie. Database
 * {@code results} holds the targets of the pipeline at hand. In database {@code path} the name of a
 * table is its location. Options of a table are only connector, path, dataset and those of its
 * definition.
 *
 * <p>Of each table {@code t} there are {@code t$files}, {@code t$history}, {@code t$changes} and,
 * for version 12, {@code t$v12} ({@link DerivedName}).
 *
 * <p>Statistics are unknown on purpose: a plan that followed them would change from run to run, and
 * its state with it. In batch the scans themselves report what their version's log knows.
 */
public final class DeltaCatalog extends CredentialFreeCatalog {
    public static final String NAME = "delta";
    public static final String DEFAULT_DATABASE = "default";
    public static final String RESULTS_DATABASE = "results";
    public static final String PATH_DATABASE = "path";
    public static final String INTERNAL_FOLDER = "_millrace";

    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

    private final Path warehouse;
    private final StorageOptions storage;
    private final Map<ObjectPath, CatalogTable> registered = new HashMap<>();
    private final Map<ObjectPath, CatalogTable> found = new HashMap<>();

    public DeltaCatalog(Path warehouse) {
        this(warehouse, StorageOptions.NONE);
    }

    /**
     * @param storage how tables are reached where they say nothing else; may hold credentials,
     *     which stay out of the options of tables
     */
    public DeltaCatalog(Path warehouse, StorageOptions storage) {
        super(NAME, DEFAULT_DATABASE);
        this.warehouse = requireNonNull(warehouse, "warehouse is null");
        this.storage = requireNonNull(storage, "storage is null");
        try {
            createDatabase(RESULTS_DATABASE, new CatalogDatabaseImpl(Map.of(), "targets"), true);
            createDatabase(PATH_DATABASE, new CatalogDatabaseImpl(Map.of(), "by location"), true);
        } catch (DatabaseAlreadyExistException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Registers a Delta table that must exist as a source.
     *
     * @return what the name stands for now
     */
    public Dataset registerSource(Request source) {
        Dataset dataset = open(source);
        Map<String, String> options = new HashMap<>(source.storage().asTableOptions());
        options.putAll(source.projection().asTableOptions());
        register(
                new ObjectPath(DEFAULT_DATABASE, source.name()),
                TableDescriptions.of(dataset, options));
        return dataset;
    }

    /** The factory that knows how this catalog reaches its tables. */
    @Override
    public Optional<Factory> getFactory() {
        return Optional.of(new CatalogSourceFactory(storage));
    }

    /** Registers a target, which need not exist, with the columns of its query. */
    public void registerResult(ResultTable result) {
        Map<String, String> options = new HashMap<>(result.options());
        options.putAll(TableDescriptions.options(result.dataset(), result.location()));
        register(
                new ObjectPath(RESULTS_DATABASE, result.dataset()),
                CatalogTable.newBuilder()
                        .schema(
                                TableDescriptions.schema(
                                        result.dataset(), result.rowType(), result.key()))
                        .comment(result.comment())
                        .partitionKeys(result.partitionBy())
                        .options(options)
                        .build());
    }

    private void register(ObjectPath path, CatalogTable table) {
        if (registered.putIfAbsent(path, table) != null) {
            throw new IllegalStateException(path + " is registered already");
        }
    }

    @Override
    public List<String> listTables(String database) throws DatabaseNotExistException {
        TreeSet<String> names = new TreeSet<>(super.listTables(database));
        registered.keySet().stream()
                .filter(path -> path.getDatabaseName().equals(database))
                .forEach(path -> names.add(path.getObjectName()));
        if (database.equals(DEFAULT_DATABASE) && Files.isDirectory(warehouse)) {
            try (Stream<Path> folders = Files.list(warehouse)) {
                folders.filter(folder -> Files.isDirectory(folder.resolve("_delta_log")))
                        .map(folder -> folder.getFileName().toString())
                        .filter(name -> !name.startsWith("_") && !name.startsWith("."))
                        .forEach(names::add);
            } catch (IOException e) {
                throw new UncheckedIOException(warehouse + ": cannot be listed", e);
            }
        }
        return new ArrayList<>(names);
    }

    @Override
    public boolean tableExists(ObjectPath path) {
        return isTable(path) || isDerived(path);
    }

    /** A name that a table has stands for it, whatever could be derived otherwise. */
    @Override
    public CatalogBaseTable getTable(ObjectPath path) throws TableNotExistException {
        if (registered.containsKey(path)) {
            return registered.get(path);
        } else if (isFound(path)) {
            return found.computeIfAbsent(path, missing -> describe(open(path)));
        } else if (super.tableExists(path) || !isDerived(path)) {
            return super.getTable(path);
        }
        DerivedName name = DerivedName.of(path.getObjectName()).orElseThrow();
        CatalogBaseTable base = getTable(base(path, name));
        return switch (name.kind()) {
            case FILES -> DerivedTables.metadata(base, MetadataTable.FILES);
            case HISTORY -> DerivedTables.metadata(base, MetadataTable.HISTORY);
            case CHANGES -> DerivedTables.changes(base);
            case VERSION -> atVersion(base, name.version().orElseThrow());
        };
    }

    /** {@code FOR SYSTEM_TIME AS OF}: the last version committed at that time or before. */
    @Override
    public CatalogBaseTable getTable(ObjectPath path, long timestamp)
            throws TableNotExistException {
        Optional<DerivedName> name =
                isTable(path) ? Optional.empty() : DerivedName.of(path.getObjectName());
        boolean files = name.map(derived -> derived.kind() == Kind.FILES).orElse(false);
        CatalogBaseTable base = getTable(files ? base(path, name.orElseThrow()) : path);
        if ((name.isPresent() && !files)
                || !DerivedTables.isDelta(base)
                || base.getOptions().containsKey(DeltaSourceOptions.SCAN_VERSION.key())) {
            throw new ValidationException(
                    "%s: cannot be read FOR SYSTEM_TIME AS OF a time: only tables and their $files have versions. Read the table itself, or a part of its changes ('scan.start-timestamp', 'scan.end-timestamp')."
                            .formatted(path.getObjectName()));
        }
        if (timestamp > System.currentTimeMillis()) {
            throw new ValidationException(
                    "%s: cannot be read as of %s: that is in the future. Give a time that has passed."
                            .formatted(path.getObjectName(), Instant.ofEpochMilli(timestamp)));
        }
        long version =
                DatasetResolver.open(stored(Request.ofTable(base.getOptions())))
                        .log()
                        .versionAt(timestamp, TimeRounding.AT_OR_BEFORE);
        CatalogTable then = atVersion(base, version);
        return files ? DerivedTables.metadata(then, MetadataTable.FILES) : then;
    }

    private static ObjectPath base(ObjectPath path, DerivedName name) {
        return new ObjectPath(path.getDatabaseName(), name.base());
    }

    private boolean isTable(ObjectPath path) {
        return registered.containsKey(path) || super.tableExists(path) || isFound(path);
    }

    private boolean isDerived(ObjectPath path) {
        Optional<DerivedName> name = DerivedName.of(path.getObjectName());
        if (name.isEmpty() || !name.get().exists()) {
            return false;
        }
        ObjectPath base = base(path, name.get());
        try {
            return tableExists(base) && (!isTable(base) || DerivedTables.isDelta(getTable(base)));
        } catch (TableNotExistException e) {
            return false;
        }
    }

    private CatalogTable atVersion(CatalogBaseTable base, long version) {
        Request request = Request.ofTable(base.getOptions()).at(version);
        return DerivedTables.ofVersion(base, describe(open(request)), version);
    }

    @Override
    public CatalogTableStatistics getTableStatistics(ObjectPath path) {
        return CatalogTableStatistics.UNKNOWN;
    }

    @Override
    public CatalogColumnStatistics getTableColumnStatistics(ObjectPath path) {
        return CatalogColumnStatistics.UNKNOWN;
    }

    /** The planner asks for them to add up their statistics, which are unknown. */
    @Override
    public List<CatalogPartitionSpec> listPartitions(ObjectPath path)
            throws TableNotExistException, TableNotPartitionedException {
        return super.tableExists(path) ? super.listPartitions(path) : List.of();
    }

    @Override
    public List<CatalogTableStatistics> bulkGetPartitionStatistics(
            ObjectPath path, List<CatalogPartitionSpec> partitions)
            throws PartitionNotExistException {
        throw new PartitionNotExistException(NAME, path, new CatalogPartitionSpec(Map.of()));
    }

    private boolean isFound(ObjectPath path) {
        String name = path.getObjectName();
        return switch (path.getDatabaseName()) {
            case DEFAULT_DATABASE ->
                    !name.startsWith("_")
                            && !name.startsWith(".")
                            && !name.contains("/")
                            && Files.isDirectory(warehouse.resolve(name).resolve("_delta_log"));
            case PATH_DATABASE ->
                    (name.startsWith("/") || URI.matcher(name).matches())
                            && (found.containsKey(path)
                                    || DatasetResolver.table(name, storage).exists());
            default -> false;
        };
    }

    private Dataset open(ObjectPath path) {
        String name = path.getObjectName();
        String location =
                path.getDatabaseName().equals(PATH_DATABASE)
                        ? name
                        : warehouse.resolve(name).toString();
        return open(Request.of(location).named(name));
    }

    private Dataset open(Request request) {
        return DatasetResolver.resolve(stored(request));
    }

    private Request stored(Request request) {
        return request.storedIn(storage.with(request.storage()));
    }

    private static CatalogTable describe(Dataset dataset) {
        return TableDescriptions.of(dataset, Map.of());
    }
}
