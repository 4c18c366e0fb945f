package io.millrace.catalog.procedures;

import io.millrace.delta.dataset.ConsumerPositions;
import io.millrace.delta.table.DeltaTable;
import java.nio.file.Path;

/** The tables that procedures are called for. */
public interface ProcedureTables {

    /**
     * The Delta table of a name: {@code orders}, {@code shop.orders}, or a location.
     *
     * @throws org.apache.flink.table.api.ValidationException if there is none
     */
    DeltaTable open(String name);

    /** The folder of the catalog's tables. */
    Path warehouse();

    /** Where consumers record how far they are. */
    ConsumerPositions consumers();
}
