package io.millrace.delta.dataset;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.ColumnCasts;
import io.millrace.delta.scan.ScanAlignment;
import io.millrace.delta.scan.ScanAlignment.AlignedColumn;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.StorageOptions;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.types.DeltaTypes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The one place where a location, and what a user says about it, becomes a table, a scan
 * configuration and a version.
 */
@Internal
public final class DatasetResolver {

    private DatasetResolver() {}

    /**
     * What a user says about a table.
     *
     * @param location where the table lies
     * @param storage how it is reached
     * @param identity what to call it; the last segment of the location where absent
     * @param projection renames, casts and defaults of its columns
     * @param declared columns that a statement declares, in the names and types of the dataset;
     *     what they say of null wins
     * @param key columns of the primary key; the table's own where empty
     * @param version to resolve at; the newest where absent
     */
    public record Request(
            String location,
            StorageOptions storage,
            Optional<String> identity,
            DeclaredProjection projection,
            Optional<RowType> declared,
            List<String> key,
            OptionalLong version) {

        public Request {
            requireNonNull(location, "location is null");
            requireNonNull(storage, "storage is null");
            requireNonNull(identity, "identity is null");
            requireNonNull(projection, "projection is null");
            requireNonNull(declared, "declared is null");
            key = List.copyOf(key);
            requireNonNull(version, "version is null");
        }

        public static Request of(String location) {
            return new Request(
                    location,
                    StorageOptions.NONE,
                    Optional.empty(),
                    DeclaredProjection.NONE,
                    Optional.empty(),
                    List.of(),
                    OptionalLong.empty());
        }

        /** What the options of a table of the connector say; not its columns or its key. */
        public static Request ofTable(Map<String, String> options) {
            Request request = of(options.get("path"));
            String name = options.getOrDefault("dataset", request.name());
            return request.named(name)
                    .projected(DeclaredProjection.ofTable(name, options))
                    .storedIn(StorageOptions.ofTable(name, options));
        }

        public Request storedIn(StorageOptions options) {
            return new Request(location, options, identity, projection, declared, key, version);
        }

        public Request named(String name) {
            return new Request(
                    location, storage, Optional.of(name), projection, declared, key, version);
        }

        public Request projected(DeclaredProjection columns) {
            return new Request(location, storage, identity, columns, declared, key, version);
        }

        public Request declaring(RowType columns) {
            return new Request(
                    location, storage, identity, projection, Optional.of(columns), key, version);
        }

        public Request withKey(List<String> columns) {
            return new Request(location, storage, identity, projection, declared, columns, version);
        }

        public Request at(long tableVersion) {
            return new Request(
                    location,
                    storage,
                    identity,
                    projection,
                    declared,
                    key,
                    OptionalLong.of(tableVersion));
        }

        /** What the dataset is called. */
        public String name() {
            return identity.orElseGet(() -> lastSegment(location));
        }
    }

    /** The table at a location, which need not exist. */
    public static DeltaTable table(String location, StorageOptions storage) {
        return DeltaTable.at(location, storage);
    }

    /**
     * The table that a request names.
     *
     * @throws RefusedException if there is none
     */
    public static DeltaTable open(Request request) {
        DeltaTable table = table(request.location(), request.storage());
        if (!table.exists()) {
            throw new RefusedException(
                    "%s: cannot open the table: there is no Delta table at %s. Check the location and the parameters."
                            .formatted(request.name(), table.location()));
        }
        return table;
    }

    /**
     * The dataset at the newest version, or the one that the request names.
     *
     * @throws RefusedException if there is no table, it has not what is said of it, or it cannot be
     *     opened
     */
    public static Dataset resolve(Request request) {
        DeltaTable table = open(request);
        return resolve(
                request,
                table,
                request.version().isPresent()
                        ? table.snapshot(request.version().getAsLong())
                        : table.snapshot());
    }

    /**
     * The dataset at a version of {@code table}, which the request was opened as.
     *
     * @throws RefusedException if the table has not what is said of it
     */
    public static Dataset resolve(Request request, DeltaTable table, TableSnapshot snapshot) {
        String name = request.name();
        TableMetadata metadata = snapshot.metadata();
        ProjectedColumns columns =
                ProjectedColumns.resolve(
                        name, DeltaTypes.toRowType(metadata.schema()), request.projection());
        List<String> key =
                request.key().isEmpty() ? columns.renamed(metadata.key()) : request.key();
        checkKey(name, snapshot.version(), key, columns);
        RowType rowType =
                request.declared().isPresent()
                        ? declaredSchema(name, table, snapshot, columns)
                                .resolve(request.declared().get())
                        : withKeyNotNull(columns.rowType(), key);
        return new Dataset(
                table,
                snapshot,
                ScanConfiguration.of(
                        name, table.location(), request.projection(), columns, rowType, key));
    }

    private static DeclaredSchema declaredSchema(
            String name, DeltaTable table, TableSnapshot snapshot, ProjectedColumns columns) {
        return new DeclaredSchema(
                name, table.location() + " at version " + snapshot.version(), columns.rowType());
    }

    private static void checkKey(
            String name, long version, List<String> key, ProjectedColumns columns) {
        for (String column : key) {
            if (columns.rowType().getFieldIndex(column) < 0) {
                throw new RefusedException(
                        "%s: cannot use key %s at version %d: the key column '%s' is not one of its columns %s. Correct the declared key, or the table property '%s'."
                                .formatted(
                                        name,
                                        key,
                                        version,
                                        column,
                                        columns.rowType().getFieldNames(),
                                        TableMetadata.KEY_PROPERTY));
            }
            AlignedColumn aligned = columns.alignment().columns().get(column);
            if (aligned != null && !keepsKeysApart(aligned)) {
                throw new RefusedException(
                        "%s: cannot use key %s at version %d: its column '%s' has a default, or a cast that may lose something, so two rows could get one key. Take the column as it is."
                                .formatted(name, key, version, column));
            }
        }
    }

    private static boolean keepsKeysApart(AlignedColumn column) {
        return column.origin() instanceof ScanAlignment.InTable table
                && column.defaultValue() instanceof ScanAlignment.NoDefault
                && ColumnCasts.isLossless(table.type(), column.type());
    }

    /** The identity of the table at {@code location} where no other is given. */
    public static String lastSegment(String location) {
        String path =
                location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static RowType withKeyNotNull(RowType rowType, List<String> key) {
        return new RowType(
                false,
                rowType.getFields().stream()
                        .map(
                                field -> {
                                    boolean isKey = key.contains(field.getName());
                                    LogicalType type = field.getType();
                                    return new RowType.RowField(
                                            field.getName(), isKey ? type.copy(false) : type);
                                })
                        .toList());
    }
}
