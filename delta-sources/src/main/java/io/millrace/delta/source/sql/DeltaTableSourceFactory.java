package io.millrace.delta.source.sql;

import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.source.StartingPosition;
import io.millrace.delta.source.sql.DeltaScan.Mode;
import io.millrace.delta.source.sql.DeltaSourceOptions.StartupMode;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.TableSnapshot;
import java.util.List;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ExecutionOptions;
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
        return Set.of(
                DeltaSourceOptions.DATASET,
                DeltaSourceOptions.SCAN_STARTUP_MODE,
                DeltaSourceOptions.SCAN_START_VERSION,
                DeltaSourceOptions.SCAN_CONSISTENCY,
                DeltaSourceOptions.SCAN_HELD_MEMORY);
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
        TableSnapshot snapshot = table.snapshot();
        RowType declared =
                (RowType)
                        context.getCatalogTable()
                                .getResolvedSchema()
                                .toPhysicalRowDataType()
                                .getLogicalType();
        DeclaredSchema schema =
                new DeclaredSchema(dataset, table.location(), snapshot.metadata().schema());
        Mode mode = mode(session);
        if (mode != Mode.SNAPSHOT) {
            CheckpointRules.check(
                    dataset, options.get(DeltaSourceOptions.SCAN_CONSISTENCY), session);
        }
        StartingPosition start = start(dataset, options, mode);
        SourceRun run = run(session, dataset, snapshot, mode);
        if (mode == Mode.CHANGELOG && !snapshot.metadata().changeFeedEnabled()) {
            mode = withoutChangeFeed(dataset, snapshot, start, run);
        }
        ReadSpec whole =
                new ReadSpec(
                        dataset,
                        table.location(),
                        schema.resolve(declared),
                        key(context, dataset, snapshot.metadata(), schema),
                        start);
        return new DeltaTableSource(
                new DeltaScan(
                        whole,
                        run,
                        mode,
                        options.get(DeltaSourceOptions.SCAN_CONSISTENCY),
                        options.get(DeltaSourceOptions.SCAN_HELD_MEMORY).getBytes()),
                context.getPhysicalRowDataType());
    }

    private static Mode mode(ReadableConfig session) {
        return session.get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH
                ? Mode.SNAPSHOT
                : Mode.CHANGELOG;
    }

    private static StartingPosition start(String dataset, ReadableConfig options, Mode mode) {
        StartupMode startup = options.get(DeltaSourceOptions.SCAN_STARTUP_MODE);
        if (mode == Mode.SNAPSHOT && startup != StartupMode.SNAPSHOT) {
            throw new ValidationException(
                    "%s: cannot read changes in batch mode: 'scan.startup.mode' is '%s'. Leave the option out to read the table, or read the changes in streaming mode."
                            .formatted(dataset, startup));
        }
        return switch (startup) {
            case SNAPSHOT -> new StartingPosition.Snapshot();
            case LATEST -> new StartingPosition.Latest();
            case VERSION ->
                    new StartingPosition.Version(
                            options.getOptional(DeltaSourceOptions.SCAN_START_VERSION)
                                    .orElseThrow(
                                            () ->
                                                    new ValidationException(
                                                            "%s: 'scan.startup.mode' is 'version', but 'scan.start-version' is not set. Set it to the first version to read."
                                                                    .formatted(dataset))));
        };
    }

    /** A batch job reads one version, that of the run or the newest now. */
    private static SourceRun run(
            ReadableConfig session, String dataset, TableSnapshot snapshot, Mode mode) {
        SourceRun run = SourceRun.of(session, dataset);
        return mode == Mode.SNAPSHOT ? ofOneVersion(run, snapshot) : run;
    }

    private static SourceRun ofOneVersion(SourceRun run, TableSnapshot snapshot) {
        return run.endingAt(run.endVersion().orElse(snapshot.version()));
    }

    private static Mode withoutChangeFeed(
            String dataset, TableSnapshot snapshot, StartingPosition start, SourceRun run) {
        if (run.bounded()
                && run.endVersion().isPresent()
                && start instanceof StartingPosition.Snapshot) {
            return Mode.APPEND;
        }
        throw new ValidationException(
                "%s: cannot be followed at version %d: the table has no change feed. Set its property 'delta.enableChangeDataFeed' to 'true', or read it in batch mode or as of one version ('%s' with '%s')."
                        .formatted(
                                dataset,
                                snapshot.version(),
                                RunOptions.BOUNDED.key(),
                                RunOptions.END_VERSIONS.key()));
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
