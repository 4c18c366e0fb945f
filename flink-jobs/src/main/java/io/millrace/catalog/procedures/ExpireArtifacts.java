package io.millrace.catalog.procedures;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.store.ArtifactExpiry;
import java.time.Clock;
import java.time.Duration;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.types.Row;

/** Deletes what is stored about old runs. */
public final class ExpireArtifacts extends DocumentedProcedure {

    private final ProcedureTables tables;
    private final Clock clock;

    ExpireArtifacts(ProcedureTables tables, Clock clock) {
        this.tables = requireNonNull(tables, "tables is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public String documentation() {
        return "Deletes what is stored about runs that are neither among the newest of their pipeline nor of the last days.";
    }

    @ProcedureHint(
            arguments = {
                @ArgumentHint(name = "keep_runs", type = @DataTypeHint("INT")),
                @ArgumentHint(name = "keep_days", type = @DataTypeHint("INT"))
            },
            output = @DataTypeHint("ROW<table_name STRING, deleted_rows BIGINT>"))
    public Row[] call(ProcedureContext context, Integer keepRuns, Integer keepDays) {
        if (keepRuns == null || keepDays == null || keepRuns < 0 || keepDays < 0) {
            throw new ValidationException(
                    "artifacts: cannot expire: keep_runs and keep_days are not negative. Say how many runs of each pipeline and how many days stay.");
        }
        return new ArtifactExpiry(tables.warehouse())
                        .expire(keepRuns, clock.instant().minus(Duration.ofDays(keepDays)))
                        .entrySet()
                        .stream()
                        .map(table -> Row.of(table.getKey().tableName(), table.getValue()))
                        .toArray(Row[]::new);
    }
}
