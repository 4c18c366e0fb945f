package io.millrace.catalog.procedures;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableSnapshot;
import java.time.Clock;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.types.Row;

/** Sets a consumer back or forward, or forgets it. */
public final class ResetConsumer extends DocumentedProcedure {

    private final ProcedureTables tables;
    private final Clock clock;

    ResetConsumer(ProcedureTables tables, Clock clock) {
        this.tables = requireNonNull(tables, "tables is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public String documentation() {
        return "Sets a consumer of a table to a version; forgets it where none is given. What a pipeline has in its checkpoints stays.";
    }

    @ProcedureHint(
            arguments = {
                @ArgumentHint(name = "table_name", type = @DataTypeHint("STRING")),
                @ArgumentHint(name = "consumer", type = @DataTypeHint("STRING")),
                @ArgumentHint(name = "version", type = @DataTypeHint("BIGINT"), isOptional = true)
            },
            output = @DataTypeHint("ROW<consumer STRING, table_version BIGINT>"))
    public Row[] call(ProcedureContext context, String table, String consumer, Long version) {
        String name = checkedConsumer(table, consumer);
        DeltaTable delta = tables.open(table);
        TableSnapshot newest = delta.snapshot();
        String id = newest.metadata().id();
        if (tables.consumers().of(id, name).isEmpty()) {
            throw new ValidationException(
                    "%s: cannot reset consumer '%s' at version %d: there is none of that name. See the table's $consumers, or use sys.register_consumer."
                            .formatted(table, name, newest.version()));
        }
        if (version == null) {
            tables.consumers().forget(id, name);
            return new Row[] {Row.of(name, null)};
        }
        return new Row[] {Positions.record(tables, delta, newest, table, name, version, clock)};
    }
}
