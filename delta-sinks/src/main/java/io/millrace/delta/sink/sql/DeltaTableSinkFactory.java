package io.millrace.delta.sink.sql;

import io.millrace.delta.commit.CommitParameters;
import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.sink.DeltaSink;
import io.millrace.delta.sink.IdOrigin;
import io.millrace.delta.sink.sql.DeltaSinkOptions.InputChanges;
import io.millrace.delta.sink.sql.DeltaSinkOptions.Mode;
import io.millrace.delta.source.ReadMode;
import io.millrace.delta.source.sql.DeltaSourceOptions;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.StorageOptions;
import io.millrace.delta.write.WriteSpec;
import io.millrace.delta.write.WriterMemory;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;

/** Makes the connector {@code delta} writable in SQL. */
@PublicEvolving
public final class DeltaTableSinkFactory implements DynamicTableSinkFactory {

    public static final String IDENTIFIER = "delta";

    /** Options of the source, which may stand in the same table. */
    private static final String SOURCE_OPTIONS = "scan.";

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
        Set<ConfigOption<?>> options = new HashSet<>(DeltaWriteOptions.all());
        options.addAll(
                Set.of(
                        DeltaSourceOptions.DATASET,
                        DeltaSinkOptions.SINK_ID,
                        DeltaSinkOptions.SINK_MODE,
                        DeltaSinkOptions.SINK_DELETION_VECTORS,
                        DeltaSinkOptions.SINK_COLUMN_KINDS,
                        DeltaSinkOptions.SINK_CHANGE_FEED,
                        DeltaSinkOptions.SINK_OVERWRITE,
                        DeltaSinkOptions.SINK_INPUT,
                        DeltaSinkOptions.SINK_CHANGES_MEMORY,
                        DeltaSinkOptions.SINK_INDEX_MEMORY));
        return options;
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validateExcept(SOURCE_OPTIONS, StorageOptions.PREFIX, TableOptions.DELTA_PROPERTIES);
        ReadableConfig options = helper.getOptions();
        ReadableConfig session = context.getConfiguration();
        String path = options.get(DeltaSourceOptions.PATH);
        String dataset =
                options.getOptional(DeltaSourceOptions.DATASET)
                        .orElseGet(() -> Request.of(path).name());
        StorageOptions storage =
                StorageOptions.of(session.get(RunOptions.STORAGE))
                        .with(
                                StorageOptions.ofTable(
                                        dataset, context.getCatalogTable().getOptions()));
        checkWritable(dataset, context.getCatalogTable().getOptions());
        DeltaTable table = DatasetResolver.table(path, storage);
        String location = table.location();
        List<String> key = key(context, dataset, options, table);
        WriteSpec spec =
                TableOptions.spec(dataset, location, storage, key, context.getCatalogTable());
        DeltaSink.Builder sink =
                DeltaSink.to(spec)
                        .dataset(dataset)
                        .rebuild(session.get(RunOptions.REBUILD))
                        .fences(session.get(RunOptions.FENCE))
                        .memory(memory(options))
                        .stateFolder(
                                session.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                                        .orElse(""));
        own(sink, options, session, dataset);
        String identifier = context.getObjectIdentifier().asSerializableString();
        boolean upserts = options.get(DeltaSinkOptions.SINK_INPUT) == InputChanges.UPSERT;
        sink.retracts(!upserts && !InsertOnlyInputs.read(session).contains(identifier));
        sink.oneRowAKey(session.get(ExecutionConfigOptions.IDLE_STATE_RETENTION).isZero());
        Map<String, String> parameters = parameters(session);
        parameters.forEach(sink::parameter);
        DeltaTarget target =
                new DeltaTarget(
                        dataset,
                        spec,
                        context.getCatalogTable().getResolvedSchema().getColumns().stream()
                                .filter(Column::isPhysical)
                                .toList(),
                        parameters,
                        options.get(DeltaSinkOptions.SINK_OVERWRITE));
        return new DeltaTableSink(sink, target, upserts);
    }

    /** A version of a table and its changes are tables, too, but cannot be written. */
    private static void checkWritable(String dataset, Map<String, String> options) {
        boolean feed =
                ReadMode.FEED
                        .toString()
                        .equalsIgnoreCase(options.get(DeltaSourceOptions.SCAN_MODE.key()));
        if (feed
                || options.containsKey(DeltaSourceOptions.SCAN_VERSION.key())
                || options.containsKey(DeltaSourceOptions.SCAN_TIMESTAMP.key())) {
            throw new ValidationException(
                    "%s: cannot be written: what is named is %s. Write to the table itself."
                            .formatted(
                                    dataset,
                                    feed ? "its changes" : "one version of it, which is past"));
        }
    }

    /** The key that rows replace each other by; empty where they are appended. */
    private static List<String> key(
            Context context, String dataset, ReadableConfig options, DeltaTable table) {
        List<String> key =
                context.getCatalogTable()
                        .getResolvedSchema()
                        .getPrimaryKey()
                        .map(UniqueConstraint::getColumns)
                        .orElseGet(() -> recorded(table));
        Optional<Mode> mode = options.getOptional(DeltaSinkOptions.SINK_MODE);
        if (mode.isEmpty()) {
            return key;
        }
        return switch (mode.get()) {
            case APPEND -> List.of();
            case UPSERT -> {
                if (key.isEmpty()) {
                    throw new ValidationException(
                            "%s: cannot be written with '%s' = 'upsert': it has no primary key. Declare PRIMARY KEY (...) NOT ENFORCED."
                                    .formatted(dataset, DeltaSinkOptions.SINK_MODE.key()));
                }
                yield key;
            }
        };
    }

    private static List<String> recorded(DeltaTable table) {
        return table.exists() ? table.snapshot().metadata().key() : List.of();
    }

    private static WriterMemory memory(ReadableConfig options) {
        return new WriterMemory(
                options.get(DeltaSinkOptions.SINK_CHANGES_MEMORY).getBytes(),
                options.get(DeltaSinkOptions.SINK_INDEX_MEMORY).getBytes());
    }

    /**
     * Whoever owns the sink. A batch statement commits once, so each run is an owner of its own; a
     * stream that is not of a pipeline keeps the run that began it, in its state.
     */
    private static void own(
            DeltaSink.Builder sink,
            ReadableConfig options,
            ReadableConfig session,
            String dataset) {
        Optional<String> given = options.getOptional(DeltaSinkOptions.SINK_ID);
        boolean batch = session.get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH;
        Optional<String> pipeline = session.getOptional(RunOptions.PIPELINE).filter(p -> !batch);
        if (given.isPresent()) {
            sink.sinkId(given.get(), IdOrigin.GIVEN);
        } else if (pipeline.isPresent()) {
            sink.sinkId(pipeline.get() + "/" + dataset, IdOrigin.GIVEN);
        } else {
            session.getOptional(RunOptions.RUN_ID)
                    .ifPresent(run -> sink.sinkId(run + "/" + dataset, IdOrigin.RUN));
        }
    }

    private static Map<String, String> parameters(ReadableConfig session) {
        Map<String, String> parameters = new TreeMap<>();
        Map.of(
                        RunOptions.PIPELINE, CommitParameters.PIPELINE,
                        RunOptions.RUN_ID, CommitParameters.RUN,
                        RunOptions.PLAN_ID, CommitParameters.PLAN)
                .forEach(
                        (option, name) ->
                                session.getOptional(option)
                                        .ifPresent(value -> parameters.put(name, value)));
        return parameters;
    }
}
