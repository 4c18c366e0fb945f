package io.millrace.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.Dataset;
import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.source.sql.DeltaTableSourceFactory;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.StorageOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.flink.table.factories.Factory;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.TypeConversions;

/**
 * The catalog {@code delta}. Database {@code default} is the warehouse: its Delta tables are found
 * by their logs, and a pipeline's sources are registered beside them, wherever they lie. Database
 * {@code results} holds the targets of the pipeline at hand. Options of a table are only connector,
 * path, dataset and those of its definition.
 *
 * <p>Statistics are unknown on purpose: a plan that followed them would change from run to run, and
 * its state with it.
 */
public final class DeltaCatalog extends GenericInMemoryCatalog {
    public static final String NAME = "delta";
    public static final String DEFAULT_DATABASE = "default";
    public static final String RESULTS_DATABASE = "results";
    public static final String INTERNAL_FOLDER = "_millrace";

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
        register(new ObjectPath(DEFAULT_DATABASE, source.name()), table(dataset, options));
        return dataset;
    }

    /** The factory that knows how this catalog reaches its tables. */
    @Override
    public Optional<Factory> getFactory() {
        return Optional.of(new DeltaTableSourceFactory(storage));
    }

    /** Registers a target, which need not exist, with the columns of its query. */
    public void registerResult(ResultTable result) {
        Map<String, String> options = new HashMap<>(result.options());
        options.putAll(options(result.dataset(), result.location()));
        register(
                new ObjectPath(RESULTS_DATABASE, result.dataset()),
                CatalogTable.newBuilder()
                        .schema(schema(result.dataset(), result.rowType(), result.key()))
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
        return registered.containsKey(path) || super.tableExists(path) || isFound(path);
    }

    @Override
    public CatalogBaseTable getTable(ObjectPath path) throws TableNotExistException {
        if (registered.containsKey(path)) {
            return registered.get(path);
        }
        if (!isFound(path)) {
            return super.getTable(path);
        }
        return found.computeIfAbsent(
                path,
                missing -> {
                    String name = path.getObjectName();
                    String location = warehouse.resolve(name).toString();
                    return table(open(Request.of(location).named(name)), Map.of());
                });
    }

    @Override
    public CatalogTableStatistics getTableStatistics(ObjectPath path) {
        return CatalogTableStatistics.UNKNOWN;
    }

    @Override
    public CatalogColumnStatistics getTableColumnStatistics(ObjectPath path) {
        return CatalogColumnStatistics.UNKNOWN;
    }

    private boolean isFound(ObjectPath path) {
        String name = path.getObjectName();
        return path.getDatabaseName().equals(DEFAULT_DATABASE)
                && !name.startsWith("_")
                && !name.startsWith(".")
                && !name.contains("/")
                && Files.isDirectory(warehouse.resolve(name).resolve("_delta_log"));
    }

    private Dataset open(Request request) {
        return DatasetResolver.resolve(request.storedIn(storage.with(request.storage())));
    }

    private static CatalogTable table(Dataset dataset, Map<String, String> further) {
        Map<String, String> options = new HashMap<>(further);
        options.putAll(options(dataset.identity(), dataset.table().location()));
        return CatalogTable.newBuilder()
                .schema(schema(dataset.identity(), dataset.rowType(), dataset.key()))
                .comment("")
                .partitionKeys(partitionKeys(dataset))
                .options(options)
                .build();
    }

    /** Those that are columns of the dataset; a cast makes another column of it. */
    private static List<String> partitionKeys(Dataset dataset) {
        return dataset.scan().plainColumns(dataset.snapshot().metadata().partitionColumns());
    }

    private static Map<String, String> options(String dataset, String location) {
        return Map.of("connector", "delta", "path", location, "dataset", dataset);
    }

    private static Schema schema(String dataset, RowType rowType, List<String> key) {
        for (String column : key) {
            if (!rowType.getFieldNames().contains(column)) {
                throw new RefusedException(
                        dataset
                                + ": the key column '"
                                + column
                                + "' is not one of its columns "
                                + rowType.getFieldNames()
                                + ". Correct the key.");
            }
        }
        List<DataTypes.Field> fields = new ArrayList<>();
        for (RowType.RowField field : rowType.getFields()) {
            LogicalType type =
                    key.contains(field.getName()) ? field.getType().copy(false) : field.getType();
            DataType dataType = TypeConversions.fromLogicalToDataType(type);
            fields.add(DataTypes.FIELD(field.getName(), dataType));
        }
        Schema.Builder schema = Schema.newBuilder().fromRowDataType(DataTypes.ROW(fields));
        if (!key.isEmpty()) {
            schema.primaryKey(key);
        }
        return schema.build();
    }
}
