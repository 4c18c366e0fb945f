package io.millrace.pipeline.definition;

import io.millrace.session.StrictYaml.Mapping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The block {@code write:} of a result: how its table is made and its files are written. */
final class WriteBlock {

    private static final Set<String> TEXTS =
            Set.of(
                    "file-size",
                    "compression",
                    "schema-evolution",
                    "change-feed",
                    "deletion-vectors");
    private static final Set<String> LISTS =
            Set.of("bloom-filters", "sort-by", "statistics-columns", "features");
    private static final String PROPERTIES = "properties";
    private static final String PREFIX = "sink.";

    private WriteBlock() {}

    /** The options with those of the block; one that stands in both is refused. */
    static Map<String, String> with(Map<String, String> options, Mapping result) {
        if (!result.has("write")) {
            return options;
        }
        Map<String, String> all = new LinkedHashMap<>(options);
        Mapping block = result.get("write").mapping("'write'");
        for (String key : block.entries().keySet()) {
            if (options.containsKey(PREFIX + key)) {
                throw block.keys()
                        .get(key)
                        .refuse("'" + PREFIX + key + "' stands in 'options', too");
            }
            if (TEXTS.contains(key)) {
                all.put(PREFIX + key, block.required(key));
            } else if (LISTS.contains(key)) {
                all.put(PREFIX + key, String.join(",", block.texts(key)));
            } else if (key.equals(PROPERTIES)) {
                Mapping properties = block.get(key).mapping("'properties'");
                for (String name : properties.entries().keySet()) {
                    all.put(PREFIX + PROPERTIES + "." + name, properties.required(name));
                }
            } else {
                throw block.keys()
                        .get(key)
                        .refuse(
                                "'write' has no '%s': it has %s, %s and %s"
                                        .formatted(
                                                key,
                                                TEXTS.stream().sorted().toList(),
                                                LISTS.stream().sorted().toList(),
                                                PROPERTIES));
            }
        }
        return all;
    }
}
