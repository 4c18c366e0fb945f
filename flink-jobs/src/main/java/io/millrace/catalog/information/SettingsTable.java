package io.millrace.catalog.information;

import static io.millrace.catalog.information.InformationTable.row;

import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;

/** The session's settings. */
final class SettingsTable implements InformationTable {

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public String comment() {
        return "Settings in force, with where each is from; secrets are masked.";
    }

    @Override
    public List<Field> columns() {
        return List.of(
                DataTypes.FIELD("setting_name", NAME),
                DataTypes.FIELD("setting_value", NAME),
                DataTypes.FIELD("origin", NAME));
    }

    @Override
    public List<Object[]> rows(InformationFacts facts) {
        return facts.settings().settings().entrySet().stream()
                .map(
                        setting ->
                                row(
                                        setting.getKey(),
                                        setting.getValue().value(),
                                        setting.getValue().origin()))
                .toList();
    }
}
