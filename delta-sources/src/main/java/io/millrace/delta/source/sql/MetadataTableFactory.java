package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.dataset.RunOptions;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.source.metadata.MetadataTable;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.SnapshotCache;
import io.millrace.delta.table.StorageOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/** Makes what a Delta table's log says readable in SQL: its files and its history. */
@PublicEvolving
public final class MetadataTableFactory implements DynamicTableSourceFactory {

    public static final String IDENTIFIER = "delta-metadata";

    public static final ConfigOption<MetadataTable> METADATA_TABLE =
            ConfigOptions.key("metadata-table")
                    .enumType(MetadataTable.class)
                    .noDefaultValue()
                    .withDescription("What to read of the log. Required.");

    private final StorageOptions storage;
    private final Optional<SnapshotCache> snapshots;

    public MetadataTableFactory() {
        this(StorageOptions.NONE, Optional.empty());
    }

    /**
     * @param storage how tables are reached where neither the session nor they say anything else
     * @param snapshots what the session has opened
     */
    public MetadataTableFactory(StorageOptions storage, SnapshotCache snapshots) {
        this(storage, Optional.of(snapshots));
    }

    private MetadataTableFactory(StorageOptions storage, Optional<SnapshotCache> snapshots) {
        this.storage = requireNonNull(storage, "storage is null");
        this.snapshots = requireNonNull(snapshots, "snapshots is null");
    }

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(DeltaSourceOptions.PATH, METADATA_TABLE);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(
                DeltaSourceOptions.DATASET,
                DeltaSourceOptions.SCAN_VERSION,
                DeltaSourceOptions.SCAN_TIMESTAMP);
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validateExcept(StorageOptions.PREFIX);
        ReadableConfig options = helper.getOptions();
        ReadableConfig session = context.getConfiguration();
        Request asked = AskedTable.of(context, storage);
        DeltaTable table = AskedTable.open(asked, snapshots);
        String dataset = asked.name();
        ReadRequest request = ReadRequest.of(dataset, options, session).ofOneVersion();
        long version =
                ResolvedRead.of(request, table, SourceRun.of(session, dataset))
                        .snapshot()
                        .version();
        MetadataTable metadataTable = options.get(METADATA_TABLE);
        RowType declared = (RowType) context.getPhysicalRowDataType().getLogicalType();
        checkColumns(dataset, metadataTable, declared);
        return new MetadataTableSource(
                dataset,
                metadataTable,
                table,
                version,
                session.getOptional(RunOptions.CONSUMERS).orElse(""),
                List.copyOf(declared.getFieldNames()));
    }

    private static void checkColumns(
            String dataset, MetadataTable metadataTable, RowType declared) {
        RowType actual = (RowType) metadataTable.rowType().getLogicalType();
        for (RowType.RowField field : declared.getFields()) {
            int position = actual.getFieldIndex(field.getName());
            if (position < 0
                    || !actual.getTypeAt(position).copy(true).equals(field.getType().copy(true))) {
                throw new ValidationException(
                        "%s: column '%s' is declared as %s, but the columns of its %s are %s. Declare these."
                                .formatted(
                                        dataset,
                                        field.getName(),
                                        field.getType().asSummaryString(),
                                        metadataTable,
                                        actual.asSummaryString()));
            }
        }
    }
}
