package io.millrace.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.catalog.information.InformationFacts;
import io.millrace.catalog.procedures.SysProcedures;
import io.millrace.delta.dataset.Dataset;
import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.table.SnapshotCache;
import io.millrace.delta.table.StorageOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotEmptyException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.ProcedureNotExistException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.Factory;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.table.types.logical.RowType;

/**
 * The catalog {@code delta}. Database {@code default} is the warehouse and each folder of it with
 * tables a database: Delta tables are found by their logs, and beside them stand views, tables by
 * definition, and a pipeline's sources, wherever they lie. Database {@code results} holds the
 * targets of the pipeline at hand. In database {@code path} the name of a table is its location.
 *
 * <p>Of each table {@code t} there are {@code t$files}, {@code t$history}, {@code t$changes}, more
 * of the kind and, for version 12, {@code t$v12} ({@link DerivedName}). Database {@code
 * information_schema} tells of all that the session knows; {@code sys} has the procedures.
 *
 * <p>Plans that are kept, such as those of pipelines, must not follow what tables hold at the time:
 * a plan would change from run to run, and its state with it. So the planner is told of rows and
 * columns only where the session says so, and it does in batch.
 */
public final class DeltaCatalog extends CredentialFreeCatalog {
    public static final String NAME = "delta";
    public static final String DEFAULT_DATABASE = "default";
    public static final String RESULTS_DATABASE = "results";
    public static final String PATH_DATABASE = "path";
    public static final String INTERNAL_FOLDER = "_millrace";

    private static final int SNAPSHOTS = 256;

    private final StorageOptions storage;
    private final SnapshotCache snapshots = new SnapshotCache(SNAPSHOTS);
    private final Databases databases;
    private final TableLookup lookup;
    private final TableStatements statements;
    private final SysProcedures procedures;
    private final PartitionLists partitions;
    private final LogStatistics statistics;
    private final MemoryTables memory = new MemoryTables();
    private SessionFacts session = SessionFacts.none();

    public DeltaCatalog(Path warehouse) {
        this(warehouse, StorageOptions.NONE, false);
    }

    /**
     * @param storage how tables are reached where they say nothing else; may hold credentials,
     *     which stay out of the options of tables
     * @param tellsStatistics whether the planner is told how many rows tables have, and what is
     *     known of their columns
     */
    public DeltaCatalog(Path warehouse, StorageOptions storage, boolean tellsStatistics) {
        super(NAME, DEFAULT_DATABASE);
        this.storage = requireNonNull(storage, "storage is null");
        WarehouseFolders folders = new WarehouseFolders(warehouse);
        DefinitionFiles definitions = new DefinitionFiles(folders.root());
        this.databases = new Databases(folders, definitions);
        this.lookup = new TableLookup(folders, definitions, storage, snapshots);
        this.statements = new TableStatements(folders, definitions, lookup, storage);
        this.partitions = new PartitionLists(lookup);
        this.statistics = new LogStatistics(lookup, tellsStatistics);
        this.procedures =
                new SysProcedures(new CatalogProcedureTables(lookup, folders), Clock.systemUTC());
    }

    /** Gives the catalog what its session knows, for {@code information_schema}. */
    public void describe(SessionFacts facts) {
        session = requireNonNull(facts, "facts is null");
    }

    /** What {@code information_schema} is made of, for those who show it in other ways. */
    public InformationFacts facts() {
        return new CatalogFacts(
                databases,
                lookup,
                procedures,
                () -> List.of(partitions.use(), snapshots.use(), statistics.use()),
                session);
    }

    /**
     * Registers a Delta table that must exist as a source.
     *
     * @return what the name stands for now
     */
    public Dataset registerSource(Request source) {
        Dataset dataset = lookup.resolve(source);
        lookup.register(
                new ObjectPath(DEFAULT_DATABASE, source.name()),
                TableDescriptions.source(dataset, source));
        return dataset;
    }

    /** Registers a target, which need not exist, with the columns of its query. */
    public void registerResult(ResultTable result) {
        lookup.register(new ObjectPath(RESULTS_DATABASE, result.dataset()), result.table());
    }

    /** Registers a table whose rows are these, in their order; for tests. */
    public void registerRows(String name, RowType rowType, List<RowData> rows) {
        ObjectPath path = new ObjectPath(DEFAULT_DATABASE, name);
        lookup.register(path, memory.add(path, rowType, rows));
    }

    /** Declares a database of a catalog file. */
    public void declareDatabase(String name, String comment) {
        databases.declare(name, comment);
    }

    /**
     * Declares a table of a catalog file; its place and its columns are looked at when it is used.
     *
     * @throws org.apache.flink.table.api.ValidationException if its name, location or options are
     *     not what they can be
     */
    public void declare(DeclaredTable declared) {
        databases.declare(declared.database(), "");
        check(declared.path(), declared.table());
        statements.declare(declared.path(), declared.table());
    }

    /** The factory that knows how this catalog reaches its tables. */
    @Override
    public Optional<Factory> getFactory() {
        return Optional.of(new CatalogTableFactory(storage, snapshots, facts(), memory));
    }

    @Override
    public List<String> listDatabases() {
        return databases.names();
    }

    @Override
    public boolean databaseExists(String name) {
        return databases.exists(name);
    }

    @Override
    public CatalogDatabase getDatabase(String name) throws DatabaseNotExistException {
        checkDatabase(name);
        return databases.get(name);
    }

    @Override
    public void createDatabase(String name, CatalogDatabase database, boolean ignoreIfExists)
            throws DatabaseAlreadyExistException {
        if (!databaseExists(name)) {
            databases.create(name, database);
        } else if (!ignoreIfExists) {
            throw new DatabaseAlreadyExistException(NAME, name);
        }
    }

    @Override
    public void alterDatabase(String name, CatalogDatabase database, boolean ignoreIfNotExists)
            throws DatabaseNotExistException {
        if (databaseExists(name)) {
            databases.alter(name, database);
        } else if (!ignoreIfNotExists) {
            throw new DatabaseNotExistException(NAME, name);
        }
    }

    @Override
    public void dropDatabase(String name, boolean ignoreIfNotExists, boolean cascade)
            throws DatabaseNotExistException, DatabaseNotEmptyException {
        if (!databaseExists(name)) {
            if (!ignoreIfNotExists) {
                throw new DatabaseNotExistException(NAME, name);
            }
            return;
        }
        databases.checkOwn(name, "dropped");
        List<String> tables = listTables(name);
        if (!tables.isEmpty() && !cascade) {
            throw new DatabaseNotEmptyException(NAME, name);
        }
        tables.forEach(table -> statements.drop(new ObjectPath(name, table)));
        databases.drop(name);
    }

    private void checkDatabase(String name) throws DatabaseNotExistException {
        if (!databaseExists(name)) {
            throw new DatabaseNotExistException(NAME, name);
        }
    }

    @Override
    public List<String> listTables(String database) throws DatabaseNotExistException {
        checkDatabase(database);
        return List.copyOf(lookup.names(database));
    }

    @Override
    public List<String> listViews(String database) throws DatabaseNotExistException {
        checkDatabase(database);
        return lookup.views(database);
    }

    @Override
    public boolean tableExists(ObjectPath path) {
        return lookup.exists(path);
    }

    @Override
    public CatalogBaseTable getTable(ObjectPath path) throws TableNotExistException {
        return lookup.find(path).orElseThrow(() -> new TableNotExistException(NAME, path));
    }

    /** {@code FOR SYSTEM_TIME AS OF}: the last version committed at that time or before. */
    @Override
    public CatalogBaseTable getTable(ObjectPath path, long timestamp)
            throws TableNotExistException {
        return lookup.find(path, timestamp)
                .orElseThrow(() -> new TableNotExistException(NAME, path));
    }

    /**
     * @throws io.millrace.delta.table.RefusedException if an option is a credential
     */
    @Override
    public void createTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists)
            throws TableAlreadyExistException, DatabaseNotExistException {
        checkDatabase(path.getDatabaseName());
        if (!tableExists(path)) {
            databases.checkOwn(path.getDatabaseName(), "given tables");
            check(path, table);
            statements.create(path, table);
        } else if (!ignoreIfExists) {
            throw new TableAlreadyExistException(NAME, path);
        }
    }

    /**
     * @throws io.millrace.delta.table.RefusedException if an option is a credential
     */
    @Override
    public void alterTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfNotExists)
            throws TableNotExistException {
        if (isThere(path, ignoreIfNotExists)) {
            check(path, table);
            statements.replace(path, getTable(path), table);
        }
    }

    @Override
    public void alterTable(
            ObjectPath path,
            CatalogBaseTable table,
            List<TableChange> changes,
            boolean ignoreIfNotExists)
            throws TableNotExistException {
        if (isThere(path, ignoreIfNotExists)) {
            check(path, table);
            statements.alter(path, getTable(path), table, changes);
        }
    }

    @Override
    public void dropTable(ObjectPath path, boolean ignoreIfNotExists)
            throws TableNotExistException {
        if (isThere(path, ignoreIfNotExists)) {
            statements.drop(path);
        }
    }

    @Override
    public void renameTable(ObjectPath path, String name, boolean ignoreIfNotExists)
            throws TableNotExistException, TableAlreadyExistException {
        if (isThere(path, ignoreIfNotExists)) {
            ObjectPath renamed = new ObjectPath(path.getDatabaseName(), name);
            if (tableExists(renamed)) {
                throw new TableAlreadyExistException(NAME, renamed);
            }
            statements.rename(path, renamed, getTable(path));
        }
    }

    private boolean isThere(ObjectPath path, boolean ignoreIfNotExists)
            throws TableNotExistException {
        ArtifactTables.checkOther(path, "changed");
        boolean there = tableExists(path);
        if (!there && !ignoreIfNotExists) {
            throw new TableNotExistException(NAME, path);
        }
        return there;
    }

    @Override
    public List<String> listProcedures(String database) throws DatabaseNotExistException {
        checkDatabase(database);
        return procedures.names(database);
    }

    @Override
    public Procedure getProcedure(ObjectPath path) throws ProcedureNotExistException {
        return procedures
                .find(path.getDatabaseName(), path.getObjectName())
                .orElseThrow(() -> new ProcedureNotExistException(NAME, path));
    }

    @Override
    public CatalogTableStatistics getTableStatistics(ObjectPath path) {
        return statistics.ofTable(path);
    }

    @Override
    public CatalogColumnStatistics getTableColumnStatistics(ObjectPath path) {
        return statistics.ofColumns(path);
    }

    @Override
    public List<CatalogPartitionSpec> listPartitions(ObjectPath path) {
        return partitions.of(path);
    }
}
