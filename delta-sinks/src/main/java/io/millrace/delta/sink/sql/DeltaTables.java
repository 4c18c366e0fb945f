package io.millrace.delta.sink.sql;

import io.millrace.delta.commit.DeltaCommitter;
import io.millrace.delta.table.StorageOptions;
import io.millrace.delta.write.WriteSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.UniqueConstraint;

/** Delta tables as statements make them, and what options of tables are for. */
@Internal
public final class DeltaTables {

    private static final Set<String> PREFIXES =
            Set.of("scan.", "sink.", "projection.", StorageOptions.PREFIX);

    private static final Set<String> OF_THE_CONNECTOR = Set.of("connector", "path", "dataset");

    private DeltaTables() {}

    /**
     * Makes an empty table with the columns, key, partitions, comments and properties that are
     * declared; one that is there stays as it is.
     *
     * @return whether this call made it
     * @throws ValidationException if a column or an option cannot be
     */
    public static boolean create(
            String dataset, String location, StorageOptions storage, ResolvedCatalogTable table) {
        List<String> key =
                table.getResolvedSchema()
                        .getPrimaryKey()
                        .map(UniqueConstraint::getColumns)
                        .orElse(List.of());
        WriteSpec spec = TableOptions.spec(dataset, location, storage, key, table);
        for (Map.Entry<String, String> option : properties(table.getOptions()).entrySet()) {
            spec = spec.withProperty(option.getKey(), option.getValue());
        }
        return DeltaCommitter.createIfAbsent(spec.table(), spec.definition(), Map.of());
    }

    /** Those among the options of a table that are properties of the Delta table. */
    public static Map<String, String> properties(Map<String, String> options) {
        Map<String, String> properties = new TreeMap<>(options);
        properties.keySet().removeIf(DeltaTables::isOption);
        return properties;
    }

    /** Whether an option says how the table is read or written, and is no property of it. */
    public static boolean isOption(String key) {
        return OF_THE_CONNECTOR.contains(key) || PREFIXES.stream().anyMatch(key::startsWith);
    }

    /**
     * Those among the options that have done their duty when the table is made: it remembers them.
     */
    public static Set<String> onlyForCreation(Set<String> options) {
        Set<String> names =
                Stream.concat(
                                DeltaWriteOptions.all().stream(),
                                Stream.of(
                                        DeltaSinkOptions.SINK_DELETION_VECTORS,
                                        DeltaSinkOptions.SINK_CHANGE_FEED,
                                        DeltaSinkOptions.SINK_COLUMN_KINDS))
                        .map(ConfigOption::key)
                        .collect(Collectors.toSet());
        return options.stream()
                .filter(
                        option ->
                                names.stream()
                                        .anyMatch(
                                                name ->
                                                        option.equals(name)
                                                                || option.startsWith(name + ".")))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
