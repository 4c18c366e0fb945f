package io.millrace.artifacts;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The query of a view or of a result.
 *
 * @param text as it stands in the definition
 * @param reads names of the sources, views and results that it refers to, sorted
 */
public record NamedQuery(String text, List<String> reads) {
    public NamedQuery {
        requireNonNull(text, "text is null");
        reads = reads.stream().sorted().distinct().toList();
    }
}
