package io.millrace.catalog.procedures;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.TableSnapshot;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.types.Row;

/** Writes a checkpoint of a table's log. */
public final class CreateCheckpoint extends DocumentedProcedure {

    private final ProcedureTables tables;

    CreateCheckpoint(ProcedureTables tables) {
        this.tables = requireNonNull(tables, "tables is null");
    }

    @Override
    public String documentation() {
        return "Writes a checkpoint of the newest version into the table's log, if it has none.";
    }

    @ProcedureHint(
            arguments = @ArgumentHint(name = "table_name", type = @DataTypeHint("STRING")),
            output = @DataTypeHint("ROW<table_version BIGINT, written BOOLEAN>"))
    public Row[] call(ProcedureContext context, String table) {
        TableSnapshot newest = tables.open(table).snapshot();
        return new Row[] {Row.of(newest.version(), newest.writeCheckpoint())};
    }
}
