package io.millrace.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.catalog.information.InformationFacts;
import io.millrace.catalog.information.InformationSchema;
import io.millrace.catalog.information.InformationSource;
import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.dataset.DatasetResolver.Request;
import io.millrace.delta.sink.sql.DeltaTableSinkFactory;
import io.millrace.delta.sink.sql.DeltaTables;
import io.millrace.delta.source.sql.DeltaTableSourceFactory;
import io.millrace.delta.source.sql.MetadataTableFactory;
import io.millrace.delta.table.SnapshotCache;
import io.millrace.delta.table.StorageOptions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes sources and sinks of the catalog's tables: those of Delta tables know how the catalog
 * reaches them, without a word of it in options that plans show; others are made as anywhere else.
 */
final class CatalogTableFactory implements DynamicTableSourceFactory, DynamicTableSinkFactory {
    private final StorageOptions storage;
    private final SnapshotCache snapshots;
    private final InformationFacts facts;
    private final MemoryTables memory;

    CatalogTableFactory(
            StorageOptions storage,
            SnapshotCache snapshots,
            InformationFacts facts,
            MemoryTables memory) {
        this.storage = requireNonNull(storage, "storage is null");
        this.snapshots = requireNonNull(snapshots, "snapshots is null");
        this.facts = requireNonNull(facts, "facts is null");
        this.memory = requireNonNull(memory, "memory is null");
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        String connector = connector(context);
        return switch (connector) {
            case DeltaTableSourceFactory.IDENTIFIER ->
                    new DeltaTableSourceFactory(storage, snapshots)
                            .createDynamicTableSource(withoutProperties(context));
            case MetadataTableFactory.IDENTIFIER ->
                    new MetadataTableFactory(storage, snapshots).createDynamicTableSource(context);
            case InformationSchema.CONNECTOR -> information(context);
            case ListingTables.CONNECTOR -> ListingTables.source(context);
            case ArtifactTables.CONNECTOR ->
                    ArtifactTables.emptySource(
                            context.getObjectIdentifier().asSummaryString(),
                            (RowType) context.getPhysicalRowDataType().getLogicalType());
            case MemoryTables.CONNECTOR ->
                    memory.source(
                            context.getObjectIdentifier(),
                            (RowType) context.getPhysicalRowDataType().getLogicalType());
            default ->
                    FactoryUtil.discoverFactory(
                                    context.getClassLoader(),
                                    DynamicTableSourceFactory.class,
                                    connector)
                            .createDynamicTableSource(context);
        };
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        String connector = connector(context);
        ArtifactTables.checkOther(context.getObjectIdentifier().toObjectPath(), "written");
        if (connector.equals(ListingTables.CONNECTOR)
                || connector.equals(MemoryTables.CONNECTOR)
                || connector.equals(InformationSchema.CONNECTOR)) {
            throw new ValidationException(
                    "%s: cannot be written: it is only read. Write to a Delta table."
                            .formatted(context.getObjectIdentifier().asSummaryString()));
        }
        if (!connector.equals(DeltaTableSinkFactory.IDENTIFIER)) {
            return FactoryUtil.discoverFactory(
                            context.getClassLoader(), DynamicTableSinkFactory.class, connector)
                    .createDynamicTableSink(context);
        }
        Request table = Request.ofTable(context.getCatalogTable().getOptions());
        ArtifactTables.checkWritable(
                context.getObjectIdentifier().asSummaryString(), table.location());
        StorageOptions reached = storage.with(table.storage());
        boolean made = DatasetResolver.table(table.location(), reached).exists();
        return new DeltaTableSinkFactory()
                .createDynamicTableSink(made ? withoutProperties(context) : context);
    }

    private DynamicTableSource information(Context context) {
        String database = context.getObjectIdentifier().getDatabaseName();
        if (!database.equals(InformationSchema.DATABASE)) {
            throw new ValidationException(
                    "%s: cannot be read: '%s' is the connector of information_schema only. Read that, or make a view of it."
                            .formatted(
                                    context.getObjectIdentifier().asSummaryString(),
                                    InformationSchema.CONNECTOR));
        }
        return InformationSource.of(
                context.getObjectIdentifier().getObjectName(),
                (RowType) context.getPhysicalRowDataType().getLogicalType(),
                facts);
    }

    private static String connector(Context context) {
        return context.getCatalogTable()
                .getOptions()
                .getOrDefault(FactoryUtil.CONNECTOR.key(), DeltaTableSourceFactory.IDENTIFIER);
    }

    /** What a table that is there says of itself is nothing to tell it. */
    private static Context withoutProperties(DynamicTableFactory.Context context) {
        Map<String, String> options = new TreeMap<>(context.getCatalogTable().getOptions());
        options.keySet().removeIf(option -> !DeltaTables.isOption(option));
        return new FactoryUtil.DefaultDynamicTableContext(
                context.getObjectIdentifier(),
                context.getCatalogTable().copy(options),
                context.getEnrichmentOptions(),
                context.getConfiguration(),
                context.getClassLoader(),
                context.isTemporary());
    }

    @Override
    public String factoryIdentifier() {
        return DeltaTableSourceFactory.IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }
}
