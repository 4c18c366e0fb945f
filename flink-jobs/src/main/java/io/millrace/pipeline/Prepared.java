package io.millrace.pipeline;

import java.util.Map;

/**
 * The outcome of a {@link PrepareStep}.
 *
 * @param pins version to which a refresh reads each source, by dataset name; a source without one
 *     is read to its latest version
 */
public record Prepared(Map<String, Long> pins) {
    public Prepared {
        pins = Map.copyOf(pins);
    }

    public static Prepared latest() {
        return new Prepared(Map.of());
    }
}
