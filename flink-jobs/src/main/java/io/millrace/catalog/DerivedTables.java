package io.millrace.catalog;

import io.millrace.delta.source.ReadMode;
import io.millrace.delta.source.metadata.MetadataTable;
import io.millrace.delta.source.sql.DeltaSourceOptions;
import io.millrace.delta.source.sql.DeltaTableSourceFactory;
import io.millrace.delta.source.sql.MetadataTableFactory;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogTable;

/** Tables that are made from the definition of another. */
final class DerivedTables {

    private static final String CONNECTOR = "connector";
    private static final String STORAGE = "storage.";

    private DerivedTables() {}

    /** Whether the table is one of Delta's, and not a view or a table of another connector. */
    static boolean isDelta(CatalogBaseTable table) {
        return DeltaTableSourceFactory.IDENTIFIER.equals(table.getOptions().get(CONNECTOR));
    }

    /** The files of a table, or its history; of the table's version where it stands for one. */
    static CatalogTable metadata(CatalogBaseTable base, MetadataTable metadataTable) {
        Map<String, String> options = new HashMap<>();
        base.getOptions()
                .forEach(
                        (key, value) -> {
                            if (key.startsWith(STORAGE)
                                    || key.equals(DeltaSourceOptions.PATH.key())
                                    || key.equals(DeltaSourceOptions.DATASET.key())
                                    || key.equals(DeltaSourceOptions.SCAN_VERSION.key())
                                    || key.equals(DeltaSourceOptions.SCAN_TIMESTAMP.key())) {
                                options.put(key, value);
                            }
                        });
        options.put(CONNECTOR, MetadataTableFactory.IDENTIFIER);
        options.put(MetadataTableFactory.METADATA_TABLE.key(), metadataTable.toString());
        return CatalogTable.newBuilder()
                .schema(Schema.newBuilder().fromRowDataType(metadataTable.rowType()).build())
                .comment("")
                .options(options)
                .build();
    }

    /**
     * The rows of a table's change feed: its columns, then change type, version and time of the
     * commit. Without a primary key, since each change of a row is a row.
     */
    static CatalogTable changes(CatalogBaseTable base) {
        Map<String, String> options = new HashMap<>(base.getOptions());
        options.put(DeltaSourceOptions.SCAN_MODE.key(), ReadMode.FEED.toString());
        return CatalogTable.newBuilder()
                .schema(
                        Schema.newBuilder()
                                .fromColumns(base.getUnresolvedSchema().getColumns())
                                .columnByMetadata(
                                        "_change_type", DataTypes.STRING().notNull(), null, true)
                                .columnByMetadata(
                                        "_commit_version", DataTypes.BIGINT().notNull(), null, true)
                                .columnByMetadata(
                                        "_commit_timestamp",
                                        DataTypes.TIMESTAMP_LTZ(3).notNull(),
                                        null,
                                        true)
                                .build())
                .comment("")
                .options(options)
                .build();
    }

    /** The table as it was: with the columns of that version. */
    static CatalogTable ofVersion(CatalogBaseTable base, CatalogTable atVersion, long version) {
        Map<String, String> options = new HashMap<>(base.getOptions());
        options.keySet()
                .removeIf(key -> key.startsWith("scan.start") || key.startsWith("scan.end"));
        options.remove(DeltaSourceOptions.SCAN_CURSOR.key());
        options.remove(DeltaSourceOptions.SCAN_MODE.key());
        options.put(DeltaSourceOptions.SCAN_VERSION.key(), Long.toString(version));
        return CatalogTable.newBuilder()
                .schema(atVersion.getUnresolvedSchema())
                .comment("")
                .partitionKeys(atVersion.getPartitionKeys())
                .options(options)
                .build();
    }
}
