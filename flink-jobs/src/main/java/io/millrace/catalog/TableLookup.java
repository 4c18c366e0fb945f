package io.millrace.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.catalog.information.InformationSchema;
import io.millrace.delta.dataset.Dataset;
import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.source.metadata.MetadataTable;
import io.millrace.delta.source.sql.DeltaSourceOptions;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.SnapshotCache;
import io.millrace.delta.table.StorageOptions;
import io.millrace.delta.table.TimeRounding;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.CatalogView;
import org.apache.flink.table.catalog.ObjectPath;

/**
 * What a name stands for: first what was registered or declared, then a definition, then a folder
 * of the warehouse, or a location in database {@code path}; last what is derived from one of these.
 */
final class TableLookup {

    private final WarehouseFolders folders;
    private final DefinitionFiles definitions;
    private final StorageOptions storage;
    private final SnapshotCache snapshots;
    private final Map<ObjectPath, CatalogTable> registered = new HashMap<>();
    private final Map<ObjectPath, CatalogTable> declared = new HashMap<>();

    TableLookup(
            WarehouseFolders folders,
            DefinitionFiles definitions,
            StorageOptions storage,
            SnapshotCache snapshots) {
        this.folders = requireNonNull(folders, "folders is null");
        this.definitions = requireNonNull(definitions, "definitions is null");
        this.storage = requireNonNull(storage, "storage is null");
        this.snapshots = requireNonNull(snapshots, "snapshots is null");
    }

    void register(ObjectPath path, CatalogTable table) {
        if (registered.putIfAbsent(path, table) != null) {
            throw new IllegalStateException(path + " is registered already");
        }
    }

    /** Declares a table of the catalog file; each name once. */
    void declare(ObjectPath path, CatalogTable table) {
        declared.put(path, table);
    }

    /** Whether statements cannot change it: it is said elsewhere what it is. */
    boolean isRegistered(ObjectPath path) {
        return registered.containsKey(path) || declared.containsKey(path);
    }

    /** Tables and views, by name. */
    SortedSet<String> names(String database) {
        if (database.equals(InformationSchema.DATABASE)) {
            return new TreeSet<>(InformationSchema.names());
        } else if (database.equals(ArtifactTables.DATABASE)) {
            return new TreeSet<>(ArtifactTables.names());
        }
        TreeSet<String> names = new TreeSet<>();
        Stream.concat(registered.keySet().stream(), declared.keySet().stream())
                .filter(path -> path.getDatabaseName().equals(database))
                .forEach(path -> names.add(path.getObjectName()));
        if (Names.isDatabase(database)) {
            names.addAll(definitions.names(database));
            names.addAll(folders.tables(database));
        }
        return names;
    }

    /** Views, by name. */
    List<String> views(String database) {
        return names(database).stream()
                .filter(
                        name ->
                                find(new ObjectPath(database, name))
                                        .filter(CatalogView.class::isInstance)
                                        .isPresent())
                .toList();
    }

    boolean exists(ObjectPath path) {
        return isBase(path) || isDerived(path);
    }

    /** A name that a table has stands for it, whatever could be derived otherwise. */
    Optional<CatalogBaseTable> find(ObjectPath path) {
        Optional<CatalogBaseTable> base = base(path);
        return base.isPresent() ? base : derived(path);
    }

    private Optional<CatalogBaseTable> base(ObjectPath path) {
        if (path.getDatabaseName().equals(InformationSchema.DATABASE)) {
            return InformationSchema.definition(path.getObjectName())
                    .map(CatalogBaseTable.class::cast);
        } else if (registered.containsKey(path)) {
            return Optional.of(registered.get(path));
        }
        Optional<CatalogBaseTable> defined =
                declared.containsKey(path)
                        ? Optional.of(declared.get(path))
                        : definitions.find(path);
        if (defined.isPresent()) {
            return defined.map(this::completed);
        }
        if (isFound(path)) {
            return Optional.of(TableDescriptions.found(resolve(request(path))));
        }
        return ArtifactTables.isOne(path)
                ? Optional.of(ArtifactTables.empty(path))
                : Optional.empty();
    }

    /** A definition without columns has those that its table has. */
    private CatalogBaseTable completed(CatalogBaseTable table) {
        if (!DerivedTables.isDelta(table) || !table.getUnresolvedSchema().getColumns().isEmpty()) {
            return table;
        }
        CatalogTable found = TableDescriptions.found(resolve(Request.ofTable(table.getOptions())));
        return CatalogTable.newBuilder()
                .schema(Schema.newBuilder().fromSchema(found.getUnresolvedSchema()).build())
                .comment(table.getComment())
                .partitionKeys(found.getPartitionKeys())
                .options(table.getOptions())
                .build();
    }

    private Optional<CatalogBaseTable> derived(ObjectPath path) {
        if (!isDerived(path)) {
            return Optional.empty();
        }
        DerivedName name = DerivedName.of(path.getObjectName()).orElseThrow();
        return find(base(path, name)).map(base -> derived(base, name));
    }

    private CatalogBaseTable derived(CatalogBaseTable base, DerivedName name) {
        return switch (name.kind()) {
            case FILES -> DerivedTables.metadata(base, MetadataTable.FILES);
            case HISTORY -> DerivedTables.metadata(base, MetadataTable.HISTORY);
            case SNAPSHOTS -> DerivedTables.metadata(base, MetadataTable.SNAPSHOTS);
            case PARTITIONS -> DerivedTables.metadata(base, MetadataTable.PARTITIONS);
            case PROPERTIES -> DerivedTables.metadata(base, MetadataTable.PROPERTIES);
            case TRANSACTIONS -> DerivedTables.metadata(base, MetadataTable.TRANSACTIONS);
            case CONSUMERS -> DerivedTables.metadata(base, MetadataTable.CONSUMERS);
            case CHANGES -> DerivedTables.changes(base);
            case VERSION -> atVersion(base, name.version().orElseThrow());
        };
    }

    /** The last version committed at a time or before. */
    Optional<CatalogBaseTable> find(ObjectPath path, long timestamp) {
        Optional<DerivedName> name =
                isBase(path) ? Optional.empty() : DerivedName.of(path.getObjectName());
        boolean ofVersion = name.map(DerivedName::isOfOneVersion).orElse(false);
        return find(ofVersion ? base(path, name.orElseThrow()) : path)
                .map(base -> asOf(path.getObjectName(), base, name, timestamp));
    }

    private CatalogBaseTable asOf(
            String table, CatalogBaseTable base, Optional<DerivedName> name, long timestamp) {
        if (name.filter(derived -> !derived.isOfOneVersion()).isPresent()
                || !DerivedTables.isDelta(base)
                || base.getOptions().containsKey(DeltaSourceOptions.SCAN_VERSION.key())) {
            throw new ValidationException(
                    "%s: cannot be read FOR SYSTEM_TIME AS OF a time: only tables and their $files have versions. Read the table itself, or a part of its changes ('scan.start-timestamp', 'scan.end-timestamp')."
                            .formatted(table));
        }
        if (timestamp > System.currentTimeMillis()) {
            throw new ValidationException(
                    "%s: cannot be read as of %s: that is in the future. Give a time that has passed."
                            .formatted(table, Instant.ofEpochMilli(timestamp)));
        }
        long version =
                open(Request.ofTable(base.getOptions()))
                        .log()
                        .versionAt(timestamp, TimeRounding.AT_OR_BEFORE);
        CatalogTable then = atVersion(base, version);
        return name.isPresent() ? derived(then, name.get()) : then;
    }

    private static ObjectPath base(ObjectPath path, DerivedName name) {
        return new ObjectPath(path.getDatabaseName(), name.base());
    }

    private boolean isBase(ObjectPath path) {
        return (path.getDatabaseName().equals(InformationSchema.DATABASE)
                        && InformationSchema.names().contains(path.getObjectName()))
                || isRegistered(path)
                || definitions.find(path).isPresent()
                || ArtifactTables.isOne(path)
                || isFound(path);
    }

    private boolean isDerived(ObjectPath path) {
        Optional<DerivedName> name = DerivedName.of(path.getObjectName());
        if (name.isEmpty() || !name.get().exists()) {
            return false;
        }
        ObjectPath base = base(path, name.get());
        return isBase(base)
                ? base(base).map(DerivedTables::isDelta).orElse(false)
                : isDerived(base);
    }

    private CatalogTable atVersion(CatalogBaseTable base, long version) {
        Dataset then = resolve(Request.ofTable(base.getOptions()).at(version));
        return DerivedTables.ofVersion(base, TableDescriptions.of(then, Map.of()), version);
    }

    private boolean isFound(ObjectPath path) {
        String name = path.getObjectName();
        if (!path.getDatabaseName().equals(DeltaCatalog.PATH_DATABASE)) {
            return folders.isTable(path);
        }
        if (!name.startsWith("/") && !Locations.isUri(name)) {
            return false;
        }
        Locations.check(name, name, folders.root());
        return DatasetResolver.table(name, storage).exists();
    }

    private Request request(ObjectPath path) {
        String name = path.getObjectName();
        String location =
                path.getDatabaseName().equals(DeltaCatalog.PATH_DATABASE)
                        ? name
                        : folders.table(path).toString();
        return Request.of(location).named(name);
    }

    /**
     * The Delta table that a request names.
     *
     * @throws io.millrace.delta.table.RefusedException if there is none
     */
    DeltaTable open(Request request) {
        return DatasetResolver.open(request.storedIn(storage.with(request.storage())))
                .cachedIn(snapshots);
    }

    Dataset resolve(Request request) {
        DeltaTable table = open(request);
        return DatasetResolver.resolve(
                request,
                table,
                request.version().isPresent()
                        ? table.snapshot(request.version().getAsLong())
                        : table.snapshot());
    }
}
