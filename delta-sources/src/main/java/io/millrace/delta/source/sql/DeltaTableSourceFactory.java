package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.Dataset;
import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.source.OtherChanges;
import io.millrace.delta.source.ReadLimits;
import io.millrace.delta.source.ReadMode;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.SnapshotCache;
import io.millrace.delta.table.StorageOptions;
import io.millrace.delta.table.TableSnapshot;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/** Makes the connector {@code delta} readable in SQL. */
@PublicEvolving
public final class DeltaTableSourceFactory implements DynamicTableSourceFactory {

    public static final String IDENTIFIER = "delta";

    /** Options of the sink, which may stand in the same table. */
    private static final String SINK_OPTIONS = "sink.";

    private static final String PROJECTION_OPTIONS = "projection.";

    private static final String STORAGE_OPTIONS = "storage.";

    /** Properties of a table that is made where it is written. */
    private static final String DELTA_PROPERTIES = "delta.";

    private final StorageOptions storage;
    private final Optional<SnapshotCache> snapshots;

    public DeltaTableSourceFactory() {
        this(StorageOptions.NONE, Optional.empty());
    }

    /**
     * @param storage how tables are reached where neither the session nor they say anything else
     * @param snapshots what the session has opened
     */
    public DeltaTableSourceFactory(StorageOptions storage, SnapshotCache snapshots) {
        this(storage, Optional.of(snapshots));
    }

    private DeltaTableSourceFactory(StorageOptions storage, Optional<SnapshotCache> snapshots) {
        this.storage = requireNonNull(storage, "storage is null");
        this.snapshots = requireNonNull(snapshots, "snapshots is null");
    }

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(DeltaSourceOptions.PATH);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        Set<ConfigOption<?>> optional = new LinkedHashSet<>(DeltaSourceOptions.all());
        optional.removeAll(requiredOptions());
        return optional;
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validateExcept(SINK_OPTIONS, PROJECTION_OPTIONS, STORAGE_OPTIONS, DELTA_PROPERTIES);
        ReadableConfig options = helper.getOptions();
        ReadableConfig session = context.getConfiguration();

        Request asked = asked(context);
        String dataset = asked.name();
        DeltaTable table = AskedTable.open(asked, snapshots);
        ReadRequest request = ReadRequest.of(dataset, options, session);
        if (!request.batch()) {
            CheckpointRules.check(
                    dataset, options.get(DeltaSourceOptions.SCAN_CONSISTENCY), session);
        }
        ResolvedRead read = ResolvedRead.of(request, table, run(dataset, options, session));
        checkKey(context, request, read.mode());
        Dataset resolved = resolve(asked, table, read.snapshot());
        ReadSpec whole =
                new ReadSpec(
                                dataset,
                                table.location(),
                                resolved.rowType(),
                                resolved.key(),
                                read.start())
                        .storedIn(table.storage())
                        .alignedBy(resolved.scan().alignment())
                        .inMode(read.mode())
                        .onOtherChanges(request.otherChanges());
        return new DeltaTableSource(
                new DeltaScan(
                        whole,
                        read.run(),
                        request.batch(),
                        options.get(DeltaSourceOptions.SCAN_CONSISTENCY),
                        options.get(DeltaSourceOptions.SCAN_HELD_MEMORY).getBytes(),
                        session.get(RunOptions.JOIN_FILTERS)),
                context.getPhysicalRowDataType());
    }

    private static SourceRun run(String dataset, ReadableConfig options, ReadableConfig session) {
        try {
            return SourceRun.of(session, dataset).limitedTo(limits(options));
        } catch (IllegalArgumentException e) {
            throw new ValidationException(
                    "%s: cannot be read with %s. Give more, or leave the option out."
                            .formatted(dataset, e.getMessage()));
        }
    }

    private static ReadLimits limits(ReadableConfig options) {
        return new ReadLimits(
                options.getOptional(DeltaSourceOptions.SCAN_MAX_FILES_PER_SECOND)
                        .orElse(ReadLimits.UNLIMITED),
                options.getOptional(DeltaSourceOptions.SCAN_MAX_BYTES_PER_SECOND)
                        .map(MemorySize::getBytes)
                        .orElse(ReadLimits.UNLIMITED),
                options.get(DeltaSourceOptions.SCAN_MAX_BYTES_AHEAD).getBytes(),
                options.get(DeltaSourceOptions.SCAN_SPLIT_SIZE).getBytes());
    }

    /** The planner takes a declared key for unique among all rows of the scan. */
    private static void checkKey(Context context, ReadRequest request, ReadMode mode) {
        boolean repeats =
                mode == ReadMode.FEED
                        || (mode == ReadMode.APPEND_ONLY
                                && request.otherChanges() == OtherChanges.SKIP);
        if (repeats && context.getCatalogTable().getResolvedSchema().getPrimaryKey().isPresent()) {
            throw new ValidationException(
                    "%s: cannot be read with 'scan.mode' = '%s': a primary key is declared, and its values would repeat. Read '%s$changes', or declare the table without a PRIMARY KEY."
                            .formatted(request.dataset(), mode, request.dataset()));
        }
    }

    /** What the statement says of its table. */
    private Request asked(Context context) {
        ResolvedSchema schema = context.getCatalogTable().getResolvedSchema();
        return AskedTable.of(context, storage)
                .declaring((RowType) schema.toPhysicalRowDataType().getLogicalType())
                .withKey(
                        schema.getPrimaryKey().map(UniqueConstraint::getColumns).orElse(List.of()));
    }

    private static Dataset resolve(Request asked, DeltaTable table, TableSnapshot snapshot) {
        return AskedTable.asUserError(() -> DatasetResolver.resolve(asked, table, snapshot));
    }
}
