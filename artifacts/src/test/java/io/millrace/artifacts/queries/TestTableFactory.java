package io.millrace.artifacts.queries;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/**
 * Connector {@code test}: small bounded tables of {@link TestValues}. {@code salts} ({@code
 * column:number,..}) gives columns other values; {@code changelog = true} lets the planner expect
 * updates; {@code filters} names a column whose predicates the source takes over (planning only);
 * {@code lookup = true} lets it be looked up in (planning only).
 */
public final class TestTableFactory implements DynamicTableSourceFactory {
    private static final ConfigOption<String> SALTS =
            ConfigOptions.key("salts").stringType().defaultValue("");
    private static final ConfigOption<Boolean> CHANGELOG =
            ConfigOptions.key("changelog").booleanType().defaultValue(false);
    private static final ConfigOption<String> FILTERS =
            ConfigOptions.key("filters").stringType().defaultValue("");
    private static final ConfigOption<Boolean> LOOKUP =
            ConfigOptions.key("lookup").booleanType().defaultValue(false);

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validate();
        RowType rowType = (RowType) context.getPhysicalRowDataType().getLogicalType();
        if (helper.getOptions().get(LOOKUP)) {
            return new TestLookupSource();
        }
        Map<String, Integer> salts = new HashMap<>();
        for (String salt : helper.getOptions().get(SALTS).split(",")) {
            if (!salt.isEmpty()) {
                String[] parts = salt.split(":");
                salts.put(parts[0], Integer.valueOf(parts[1]));
            }
        }
        return new TestSource(
                rowType,
                new TestValues(salts),
                helper.getOptions().get(CHANGELOG)
                        ? ChangelogMode.all()
                        : ChangelogMode.insertOnly(),
                helper.getOptions().get(FILTERS));
    }

    @Override
    public String factoryIdentifier() {
        return "test";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(SALTS, CHANGELOG, FILTERS, LOOKUP);
    }
}
