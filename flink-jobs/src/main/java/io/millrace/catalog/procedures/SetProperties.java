package io.millrace.catalog.procedures;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.TableAlteration;
import io.millrace.delta.table.DeltaTable;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.types.Row;

/** Sets properties of a table. */
public final class SetProperties extends DocumentedProcedure {

    private final ProcedureTables tables;

    SetProperties(ProcedureTables tables) {
        this.tables = requireNonNull(tables, "tables is null");
    }

    @Override
    public String documentation() {
        return "Sets properties of a table: properties => 'NAME=VALUE', more of them after semicolons.";
    }

    @ProcedureHint(
            arguments = {
                @ArgumentHint(name = "table_name", type = @DataTypeHint("STRING")),
                @ArgumentHint(name = "properties", type = @DataTypeHint("STRING"))
            },
            output = @DataTypeHint("ROW<table_version BIGINT>"))
    public Row[] call(ProcedureContext context, String table, String properties) {
        DeltaTable delta = tables.open(table);
        new TableAlteration(delta).setProperties(parse(table, properties));
        return new Row[] {Row.of(delta.snapshot().version())};
    }

    private static Map<String, String> parse(String table, String text) {
        Map<String, String> properties = new TreeMap<>();
        for (String property : String.valueOf(text).split(";")) {
            int equals = property.indexOf('=');
            if (equals < 1) {
                throw new ValidationException(
                        "%s: cannot set properties: '%s' is not NAME=VALUE. Write them so, with semicolons between."
                                .formatted(table, property.trim()));
            }
            properties.put(
                    property.substring(0, equals).trim(), property.substring(equals + 1).trim());
        }
        return properties;
    }
}
