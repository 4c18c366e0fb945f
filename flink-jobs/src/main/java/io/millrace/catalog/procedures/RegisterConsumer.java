package io.millrace.catalog.procedures;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.ConsumerPosition;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableSnapshot;
import java.time.Clock;
import java.util.Optional;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.types.Row;

/** Records that somebody reads a table from a version on. */
public final class RegisterConsumer extends DocumentedProcedure {

    private final ProcedureTables tables;
    private final Clock clock;

    RegisterConsumer(ProcedureTables tables, Clock clock) {
        this.tables = requireNonNull(tables, "tables is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public String documentation() {
        return "Records a consumer of a table, with the version that it has read; the newest where none is given.";
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
        Optional<ConsumerPosition> there = tables.consumers().of(newest.metadata().id(), name);
        if (there.isPresent()) {
            throw new ValidationException(
                    "%s: cannot register consumer '%s' at version %d: it is registered at version %d. Use sys.reset_consumer."
                            .formatted(table, name, newest.version(), there.get().version()));
        }
        return new Row[] {Positions.record(tables, delta, newest, table, name, version, clock)};
    }
}
