package io.millrace.delta.source.sql;

import io.millrace.delta.source.OtherChanges;
import io.millrace.delta.source.ReadLimits;
import io.millrace.delta.source.ReadMode;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.TableSnapshot;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
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
        helper.validateExcept(SINK_OPTIONS);
        ReadableConfig options = helper.getOptions();
        ReadableConfig session = context.getConfiguration();

        DeltaTable table = DeltaTable.at(options.get(DeltaSourceOptions.PATH));
        String dataset =
                options.getOptional(DeltaSourceOptions.DATASET)
                        .orElseGet(() -> lastSegment(table.location()));
        if (!table.exists()) {
            throw new ValidationException(
                    "%s: cannot be read: there is no Delta table at %s. Check the option 'path'."
                            .formatted(dataset, table.location()));
        }
        ReadRequest request = ReadRequest.of(dataset, options, session);
        if (!request.batch()) {
            CheckpointRules.check(
                    dataset, options.get(DeltaSourceOptions.SCAN_CONSISTENCY), session);
        }
        ResolvedRead read = ResolvedRead.of(request, table, run(dataset, options, session));
        checkKey(context, request, read.mode());
        TableSnapshot snapshot = read.snapshot();
        RowType declared =
                (RowType)
                        context.getCatalogTable()
                                .getResolvedSchema()
                                .toPhysicalRowDataType()
                                .getLogicalType();
        DeclaredSchema schema = DeclaredSchema.of(dataset, table.location(), snapshot);
        ReadSpec whole =
                new ReadSpec(
                                dataset,
                                table.location(),
                                schema.resolve(declared),
                                key(context, dataset, snapshot.metadata(), schema),
                                read.start())
                        .inMode(read.mode())
                        .onOtherChanges(request.otherChanges());
        return new DeltaTableSource(
                new DeltaScan(
                        whole,
                        read.run(),
                        request.batch(),
                        options.get(DeltaSourceOptions.SCAN_CONSISTENCY),
                        options.get(DeltaSourceOptions.SCAN_HELD_MEMORY).getBytes()),
                context.getPhysicalRowDataType());
    }

    private static SourceRun run(String dataset, ReadableConfig options, ReadableConfig session) {
        try {
            return SourceRun.of(session, dataset).limitedTo(limits(options));
        } catch (IllegalArgumentException e) {
            throw new ValidationException(
                    "%s: cannot be read with %s per second. Give at least 1, or leave the option out."
                            .formatted(dataset, e.getMessage()));
        }
    }

    private static ReadLimits limits(ReadableConfig options) {
        return new ReadLimits(
                options.getOptional(DeltaSourceOptions.SCAN_MAX_FILES_PER_SECOND)
                        .orElse(ReadLimits.UNLIMITED),
                options.getOptional(DeltaSourceOptions.SCAN_MAX_BYTES_PER_SECOND)
                        .map(MemorySize::getBytes)
                        .orElse(ReadLimits.UNLIMITED));
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

    private static List<String> key(
            Context context, String dataset, TableMetadata metadata, DeclaredSchema schema) {
        List<String> key =
                context.getCatalogTable()
                        .getResolvedSchema()
                        .getPrimaryKey()
                        .map(UniqueConstraint::getColumns)
                        .orElseGet(metadata::key);
        for (String column : key) {
            if (!schema.hasColumn(column)) {
                throw new ValidationException(
                        "%s: the key column '%s' is not in the Delta table. It has %s. Correct the table property '%s', or declare a PRIMARY KEY."
                                .formatted(
                                        dataset,
                                        column,
                                        schema.columns(),
                                        TableMetadata.KEY_PROPERTY));
            }
        }
        return key;
    }

    private static String lastSegment(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
