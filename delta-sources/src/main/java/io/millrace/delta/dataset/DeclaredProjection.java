package io.millrace.delta.dataset;

import io.millrace.delta.dataset.DeclaredColumn.DefaultFor;
import io.millrace.delta.table.RefusedException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;

/**
 * What a user says about the columns of a dataset. Columns of the table that are not named come as
 * they are.
 *
 * @param columns by the name in the dataset, in the order of their declaration
 */
@Internal
public record DeclaredProjection(Map<String, DeclaredColumn> columns) {

    /** The columns of the table. */
    public static final DeclaredProjection NONE = new DeclaredProjection(Map.of());

    /** What can be said about a column. */
    public static final List<String> PROPERTIES =
            List.of("from", "type", "lossy", "default", "default-for", "required");

    private static final String PREFIX = "projection.";

    public DeclaredProjection {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    public boolean isNone() {
        return columns.isEmpty();
    }

    /**
     * The options {@code projection.<column>.<property>} among those of a table.
     *
     * @throws RefusedException where one is not known or has no sense
     */
    public static DeclaredProjection ofTable(String dataset, Map<String, String> tableOptions) {
        Map<String, Map<String, String>> properties = new LinkedHashMap<>();
        new TreeMap<>(tableOptions)
                .forEach(
                        (key, value) -> {
                            if (key.startsWith(PREFIX)) {
                                int dot = key.lastIndexOf('.');
                                if (dot < PREFIX.length()) {
                                    throw new RefusedException(
                                            "%s: cannot read the option '%s': it is none of projection.<column>.<property>, with a property of %s. Correct it."
                                                    .formatted(dataset, key, PROPERTIES));
                                }
                                properties
                                        .computeIfAbsent(
                                                key.substring(PREFIX.length(), dot),
                                                column -> new LinkedHashMap<>())
                                        .put(key.substring(dot + 1), value);
                            }
                        });
        return ofProperties(dataset, properties);
    }

    /**
     * @param properties by column, then by name, as in {@link #PROPERTIES}
     * @throws RefusedException where one is not known or has no sense
     */
    public static DeclaredProjection ofProperties(
            String dataset, Map<String, Map<String, String>> properties) {
        Map<String, DeclaredColumn> columns = new LinkedHashMap<>();
        properties.forEach((name, column) -> columns.put(name, column(dataset, name, column)));
        return new DeclaredProjection(columns);
    }

    /** As options of a table. */
    public Map<String, String> asTableOptions() {
        Map<String, String> options = new LinkedHashMap<>();
        columns.forEach(
                (name, column) ->
                        properties(column)
                                .forEach(
                                        (property, value) ->
                                                options.put(
                                                        PREFIX + name + "." + property, value)));
        return options;
    }

    /** What was said about a column, in canonical form. */
    static Map<String, String> properties(DeclaredColumn column) {
        Map<String, String> properties = new LinkedHashMap<>();
        column.from().ifPresent(from -> properties.put("from", from));
        column.type().ifPresent(type -> properties.put("type", type));
        column.defaultValue()
                .ifPresent(
                        value -> {
                            properties.put("default", value);
                            properties.put("default-for", column.defaultFor().toString());
                        });
        if (column.lossy()) {
            properties.put("lossy", "true");
        }
        if (column.required()) {
            properties.put("required", "true");
        }
        return properties;
    }

    private static DeclaredColumn column(
            String dataset, String name, Map<String, String> properties) {
        for (String property : properties.keySet()) {
            if (!PROPERTIES.contains(property)) {
                throw refused(
                        dataset,
                        name,
                        "'" + property + "' is not known",
                        "Known are " + PROPERTIES + ".");
            }
        }
        Optional<String> defaultValue = Optional.ofNullable(properties.get("default"));
        DefaultFor defaultFor = defaultFor(dataset, name, properties);
        if (properties.containsKey("default-for") && defaultValue.isEmpty()) {
            throw refused(dataset, name, "'default-for' has no 'default'", "Give the default.");
        }
        boolean lossy = flag(dataset, name, properties, "lossy");
        if (lossy && !properties.containsKey("type")) {
            throw refused(
                    dataset, name, "'lossy' has no 'type'", "Give the type that it is cast to.");
        }
        boolean required = flag(dataset, name, properties, "required");
        if (required && properties.containsKey("default-for") && defaultFor.isForAbsent()) {
            throw refused(
                    dataset,
                    name,
                    "it is required, and has a default for where it is absent",
                    "Set 'default-for' to 'null', or do not require it.");
        }
        return new DeclaredColumn(
                Optional.ofNullable(properties.get("from")),
                Optional.ofNullable(properties.get("type")),
                lossy,
                defaultValue,
                required ? DefaultFor.NULL : defaultFor,
                required);
    }

    private static DefaultFor defaultFor(
            String dataset, String name, Map<String, String> properties) {
        String value = properties.getOrDefault("default-for", DefaultFor.ANY.toString());
        for (DefaultFor known : DefaultFor.values()) {
            if (known.toString().equals(value)) {
                return known;
            }
        }
        throw refused(
                dataset,
                name,
                "'default-for' is '" + value + "'",
                "Known are " + List.of(DefaultFor.values()) + ".");
    }

    private static boolean flag(
            String dataset, String name, Map<String, String> properties, String property) {
        String value = properties.getOrDefault(property, "false");
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw refused(
                            dataset,
                            name,
                            "'" + property + "' is '" + value + "'",
                            "It is true or false.");
        };
    }

    static RefusedException refused(
            String dataset, String column, String problem, String whatToDo) {
        return new RefusedException(
                "%s: cannot project column '%s': %s. %s"
                        .formatted(dataset, column, problem, whatToDo));
    }
}
