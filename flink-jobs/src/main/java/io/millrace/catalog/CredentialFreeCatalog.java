package io.millrace.catalog;

import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.StorageOptions;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogModel;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.TemporaryOperationListener;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;

/**
 * A catalog in memory that takes no Delta table with a credential among its options, temporary or
 * not: what is in a catalog is shown, by SHOW CREATE TABLE and by Flink's errors.
 */
abstract class CredentialFreeCatalog extends GenericInMemoryCatalog
        implements TemporaryOperationListener {

    CredentialFreeCatalog(String name, String defaultDatabase) {
        super(name, defaultDatabase);
    }

    /**
     * @throws RefusedException if an option is a credential
     */
    @Override
    public void createTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists)
            throws TableAlreadyExistException, DatabaseNotExistException {
        super.createTable(path, checked(path, table), ignoreIfExists);
    }

    /**
     * @throws RefusedException if an option is a credential
     */
    @Override
    public void alterTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfNotExists)
            throws TableNotExistException {
        super.alterTable(path, checked(path, table), ignoreIfNotExists);
    }

    /**
     * @throws RefusedException if an option is a credential
     */
    @Override
    public CatalogBaseTable onCreateTemporaryTable(ObjectPath path, CatalogBaseTable table) {
        return checked(path, table);
    }

    private static CatalogBaseTable checked(ObjectPath path, CatalogBaseTable table) {
        if (table instanceof CatalogTable && DerivedTables.isDelta(table)) {
            StorageOptions.ofTable(path.getObjectName(), table.getOptions());
        }
        return table;
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
}
