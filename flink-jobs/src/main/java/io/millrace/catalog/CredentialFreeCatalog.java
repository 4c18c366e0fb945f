package io.millrace.catalog;

import io.millrace.delta.sink.sql.DeltaTables;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.Secrets;
import io.millrace.delta.table.StorageOptions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogModel;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.TemporaryOperationListener;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;

/**
 * A catalog that takes no credential among the options of a table: what is in a catalog is shown,
 * by SHOW CREATE TABLE and by Flink's errors, and what is not temporary is written to a file. Only
 * temporary tables of other connectors are left to those.
 */
abstract class CredentialFreeCatalog extends GenericInMemoryCatalog
        implements TemporaryOperationListener {

    CredentialFreeCatalog(String name, String defaultDatabase) {
        super(name, defaultDatabase);
    }

    /**
     * @throws RefusedException if an option is a credential
     */
    static void check(ObjectPath path, CatalogBaseTable table) {
        ofDelta(path, table);
        table.getOptions()
                .forEach(
                        (key, value) -> {
                            if (Secrets.isSecret(key) && !Secrets.isReference(value)) {
                                throw new RefusedException(
                                        "%s: cannot take the credential '%s' from the options of a table: catalogs show them. Make it a TEMPORARY TABLE, or set it in the session's configuration."
                                                .formatted(path.getObjectName(), key));
                            }
                        });
    }

    /**
     * @throws RefusedException if an option of a Delta table is a credential
     */
    @Override
    public CatalogBaseTable onCreateTemporaryTable(ObjectPath path, CatalogBaseTable table) {
        ofDelta(path, table);
        if (!(table instanceof CatalogTable plain) || !DerivedTables.isDelta(table)) {
            return table;
        }
        // LIKE takes the properties of a table along; only those of Delta are options, too.
        Map<String, String> options = new TreeMap<>(table.getOptions());
        options.keySet().removeIf(key -> !DeltaTables.isOption(key) && !key.startsWith("delta."));
        return plain.copy(options);
    }

    private static void ofDelta(ObjectPath path, CatalogBaseTable table) {
        if (table instanceof CatalogTable && DerivedTables.isDelta(table)) {
            StorageOptions.ofTable(path.getObjectName(), table.getOptions());
        }
    }

    @Override
    public void onDropTemporaryTable(ObjectPath path) {}

    @Override
    public CatalogModel onCreateTemporaryModel(ObjectPath path, CatalogModel model) {
        return model;
    }

    @Override
    public void onDropTemporaryModel(ObjectPath path) {}

    @Override
    public CatalogFunction onCreateTemporaryFunction(ObjectPath path, CatalogFunction function) {
        return function;
    }

    @Override
    public void onDropTemporaryFunction(ObjectPath path) {}

    /** There are none by partition: scans report their own. */
    @Override
    public List<CatalogTableStatistics> bulkGetPartitionStatistics(
            ObjectPath path, List<CatalogPartitionSpec> asked) {
        return Collections.nCopies(asked.size(), CatalogTableStatistics.UNKNOWN);
    }

    @Override
    public List<CatalogColumnStatistics> bulkGetPartitionColumnStatistics(
            ObjectPath path, List<CatalogPartitionSpec> asked) {
        return Collections.nCopies(asked.size(), CatalogColumnStatistics.UNKNOWN);
    }
}
