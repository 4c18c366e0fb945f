package io.millrace.catalog;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.sql.DeltaTableSourceFactory;
import io.millrace.delta.source.sql.MetadataTableFactory;
import io.millrace.delta.table.StorageOptions;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Makes the sources of the catalog's tables: those of Delta tables know how the catalog reaches
 * them, without a word of it in options that plans show; others are made as anywhere else.
 */
final class CatalogSourceFactory implements DynamicTableSourceFactory {
    private final StorageOptions storage;

    CatalogSourceFactory(StorageOptions storage) {
        this.storage = requireNonNull(storage, "storage is null");
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        String connector =
                context.getCatalogTable()
                        .getOptions()
                        .getOrDefault(FactoryUtil.CONNECTOR.key(), "");
        return switch (connector) {
            case DeltaTableSourceFactory.IDENTIFIER ->
                    new DeltaTableSourceFactory(storage).createDynamicTableSource(context);
            case MetadataTableFactory.IDENTIFIER ->
                    new MetadataTableFactory(storage).createDynamicTableSource(context);
            default ->
                    FactoryUtil.discoverFactory(
                                    context.getClassLoader(),
                                    DynamicTableSourceFactory.class,
                                    connector)
                            .createDynamicTableSource(context);
        };
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
