package io.millrace.catalog.information;

import static io.millrace.catalog.information.InformationTable.row;
import static io.millrace.catalog.information.InformationTable.yes;

import io.millrace.functions.FunctionDescription;
import io.millrace.functions.FunctionEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;

/** What SQL can call: functions of Millrace and the pipeline, Flink's by name, procedures. */
final class Routines implements InformationTable {

    /** Schema of the functions of Millrace, and of those that a pipeline brings. */
    static final String MILLRACE = "millrace";

    private static final String FLINK = "core";

    @Override
    public String name() {
        return "routines";
    }

    @Override
    public String comment() {
        return "Functions and procedures; of Flink's own functions the name.";
    }

    @Override
    public List<Field> columns() {
        return List.of(
                DataTypes.FIELD("specific_catalog", TEXT),
                DataTypes.FIELD("specific_schema", NAME),
                DataTypes.FIELD("specific_name", NAME),
                DataTypes.FIELD("routine_catalog", TEXT),
                DataTypes.FIELD("routine_schema", NAME),
                DataTypes.FIELD("routine_name", NAME),
                DataTypes.FIELD("routine_type", NAME),
                DataTypes.FIELD("data_type", TEXT),
                DataTypes.FIELD("is_deterministic", TEXT),
                DataTypes.FIELD("function_kind", TEXT),
                DataTypes.FIELD("signature", TEXT),
                DataTypes.FIELD("semantic_type", TEXT),
                DataTypes.FIELD("documentation", TEXT),
                DataTypes.FIELD("null_rule", TEXT),
                DataTypes.FIELD("tags", TEXTS),
                DataTypes.FIELD("since", TEXT),
                DataTypes.FIELD("version", DataTypes.INT()),
                DataTypes.FIELD("named_arguments", TEXT),
                DataTypes.FIELD("implementation", TEXT));
    }

    @Override
    public List<Object[]> rows(InformationFacts facts) {
        List<Object[]> rows = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(facts.functionNames());
        names.removeAll(facts.functions().names());
        names.forEach(name -> rows.add(ofFlink(name)));
        facts.functions().entries().forEach(entry -> rows.add(of(entry)));
        facts.procedures().forEach(procedure -> rows.add(of(procedure)));
        return rows;
    }

    private static Object[] ofFlink(String name) {
        Object[] row = new Object[19];
        row[1] = FLINK;
        row[2] = name;
        row[4] = FLINK;
        row[5] = name;
        row[6] = "FUNCTION";
        return row;
    }

    private static Object[] of(FunctionEntry entry) {
        FunctionDescription description = entry.description();
        return row(
                null,
                MILLRACE,
                entry.name(),
                null,
                MILLRACE,
                entry.name(),
                "FUNCTION",
                description.returns(),
                yes(entry.isDeterministic()),
                description.kind().name(),
                description.signature(),
                description.returnsKind().orElse(null),
                description.documentation(),
                description.nulls(),
                description.tags(),
                description.since(),
                description.version(),
                yes(description.named()),
                entry.implementation().isEmpty() ? null : entry.implementation());
    }

    private static Object[] of(InformationFacts.KnownProcedure procedure) {
        Object[] row = new Object[19];
        row[0] = InformationSchema.CATALOG;
        row[1] = procedure.database();
        row[2] = procedure.name();
        row[3] = InformationSchema.CATALOG;
        row[4] = procedure.database();
        row[5] = procedure.name();
        row[6] = "PROCEDURE";
        row[12] = procedure.documentation();
        row[17] = "YES";
        return row;
    }
}
