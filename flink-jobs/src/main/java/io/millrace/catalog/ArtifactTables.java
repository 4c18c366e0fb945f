package io.millrace.catalog;

import io.millrace.artifacts.store.ArtifactFolder;
import io.millrace.artifacts.store.ArtifactTable;
import io.millrace.catalog.information.FixedRows;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.TypeConversions;

/**
 * Database {@code artifacts}: plans and runs, written by Millrace itself and only read in SQL. A
 * table of which nothing was stored yet is there without rows.
 */
final class ArtifactTables {
    static final String DATABASE = ArtifactFolder.DATABASE;
    static final String CONNECTOR = "no-rows";

    private ArtifactTables() {}

    static Path folder(Path warehouse) {
        return new ArtifactFolder(warehouse).path();
    }

    static boolean isOne(ObjectPath path) {
        return path.getDatabaseName().equals(DATABASE)
                && ArtifactTable.named(path.getObjectName()).isPresent();
    }

    static List<String> names() {
        return ArtifactTable.names();
    }

    /** A table without rows. */
    static CatalogTable empty(ObjectPath path) {
        ArtifactTable table = ArtifactTable.named(path.getObjectName()).orElseThrow();
        return CatalogTable.newBuilder()
                .schema(
                        Schema.newBuilder()
                                .fromRowDataType(
                                        TypeConversions.fromLogicalToDataType(table.rowType()))
                                .build())
                .comment(table.comment())
                .options(Map.of("connector", CONNECTOR))
                .build();
    }

    static DynamicTableSource emptySource(String name, RowType rowType) {
        return new FixedRows(name, rowType, List::of);
    }

    /**
     * @throws ValidationException if the path is in the database
     */
    static void checkOther(ObjectPath path, String what) {
        if (path.getDatabaseName().equals(DATABASE)) {
            throw refused(path.getFullName(), what);
        }
    }

    /**
     * @throws ValidationException if a table is one of the database, by whatever name
     */
    static void checkWritable(String name, String location) {
        if (location.contains("/_millrace/" + DATABASE + "/")) {
            throw refused(name, "written");
        }
    }

    private static ValidationException refused(String name, String what) {
        return new ValidationException(
                "%s: cannot be %s: Millrace itself writes what is in 'artifacts', SQL only reads it. Old rows go with CALL sys.expire_artifacts."
                        .formatted(name, what));
    }
}
