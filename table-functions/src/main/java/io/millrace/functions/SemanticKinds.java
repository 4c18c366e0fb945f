package io.millrace.functions;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a column's values are, beyond their SQL type: two columns of different kinds are not
 * compared, and a function that wants one kind is not given another. A column without a kind goes
 * with all.
 */
public final class SemanticKinds {

    /** Those that need no declaration. */
    public static final Set<String> BUILT_IN =
            Set.of("node_id", "edge_id", "span_id", "entity_id", "symbol");

    /** Under this name a column's kind stands in the metadata of a Delta column. */
    public static final String METADATA_KEY = "millrace.kind";

    private static final String ARROW_NAME = "ARROW:extension:name";
    private static final String ARROW_METADATA = "ARROW:extension:metadata";

    private SemanticKinds() {}

    /** Whether a text can be a kind. */
    public static boolean isName(String kind) {
        return kind.matches("[a-z][a-z0-9_]{0,99}");
    }

    /** What an Arrow field of this kind has as metadata: an extension type over its own type. */
    public static Map<String, String> arrowMetadata(String kind) {
        return Map.of(ARROW_NAME, METADATA_KEY + "." + kind, ARROW_METADATA, "");
    }

    /** The kind that an Arrow field's metadata says. */
    public static Optional<String> ofArrowMetadata(Map<String, String> metadata) {
        return Optional.ofNullable(metadata.get(ARROW_NAME))
                .filter(name -> name.startsWith(METADATA_KEY + "."))
                .map(name -> name.substring(METADATA_KEY.length() + 1));
    }
}
