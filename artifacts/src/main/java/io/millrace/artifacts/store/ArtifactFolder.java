package io.millrace.artifacts.store;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.write.WriteSpec;
import java.nio.file.Path;
import java.util.List;

/** Where the tables of a warehouse's store lie. */
public record ArtifactFolder(Path warehouse) {
    private static final String INTERNAL = "_millrace";

    /** The database of the tables in SQL, and their folder. */
    public static final String DATABASE = "artifacts";

    public ArtifactFolder {
        warehouse = requireNonNull(warehouse, "warehouse is null").toAbsolutePath().normalize();
    }

    /** The folder of all tables. */
    public Path path() {
        return warehouse.resolve(INTERNAL).resolve(DATABASE);
    }

    /** The table, which need not be there. */
    public DeltaTable table(ArtifactTable table) {
        return spec(table).table();
    }

    /** Append-only by its writers, with a change feed and deletion vectors. */
    WriteSpec spec(ArtifactTable table) {
        return WriteSpec.of(
                path().resolve(table.tableName()).toString(), table.rowType(), List.of());
    }
}
