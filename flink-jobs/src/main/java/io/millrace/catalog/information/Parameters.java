package io.millrace.catalog.information;

import static io.millrace.catalog.information.InformationTable.row;
import static io.millrace.catalog.information.InformationTable.yes;

import io.millrace.functions.ArgumentDescription;
import io.millrace.functions.FunctionEntry;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;

/** The arguments of functions and procedures. */
final class Parameters implements InformationTable {

    @Override
    public String name() {
        return "parameters";
    }

    @Override
    public String comment() {
        return "Arguments of the functions of Millrace and of the procedures.";
    }

    @Override
    public List<Field> columns() {
        return List.of(
                DataTypes.FIELD("specific_catalog", TEXT),
                DataTypes.FIELD("specific_schema", NAME),
                DataTypes.FIELD("specific_name", NAME),
                DataTypes.FIELD("ordinal_position", DataTypes.INT().notNull()),
                DataTypes.FIELD("parameter_mode", NAME),
                DataTypes.FIELD("is_result", NAME),
                DataTypes.FIELD("parameter_name", NAME),
                DataTypes.FIELD("data_type", NAME),
                DataTypes.FIELD("parameter_default", TEXT),
                DataTypes.FIELD("is_optional", NAME),
                DataTypes.FIELD("is_varargs", NAME),
                DataTypes.FIELD("is_literal", NAME),
                DataTypes.FIELD("semantic_type", TEXT));
    }

    @Override
    public List<Object[]> rows(InformationFacts facts) {
        List<Object[]> rows = new ArrayList<>();
        for (FunctionEntry entry : facts.functions().entries()) {
            int position = 1;
            for (ArgumentDescription argument : entry.description().arguments()) {
                rows.add(of(entry.name(), argument, position++));
            }
        }
        for (InformationFacts.KnownProcedure procedure : facts.procedures()) {
            int position = 1;
            for (InformationFacts.KnownArgument argument : procedure.arguments()) {
                rows.add(of(procedure, argument, position++));
            }
        }
        return rows;
    }

    private static Object[] of(String function, ArgumentDescription argument, int position) {
        return row(
                null,
                Routines.MILLRACE,
                function,
                position,
                "IN",
                "NO",
                argument.name(),
                argument.type(),
                argument.otherwise().orElse(null),
                yes(argument.optional()),
                yes(argument.varargs()),
                yes(argument.literal()),
                argument.accepts().orElse(null));
    }

    private static Object[] of(
            InformationFacts.KnownProcedure procedure,
            InformationFacts.KnownArgument argument,
            int position) {
        return row(
                InformationSchema.CATALOG,
                procedure.database(),
                procedure.name(),
                position,
                "IN",
                "NO",
                argument.name(),
                argument.type(),
                null,
                yes(argument.optional()),
                "NO",
                "NO",
                null);
    }
}
