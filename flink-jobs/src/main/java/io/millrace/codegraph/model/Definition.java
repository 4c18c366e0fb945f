package io.millrace.codegraph.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * Something that a file defines.
 *
 * @param parentId the definition around it; empty at the top of a file
 * @param kind class, method, field and so on, as the language has them
 * @param name as written; {@code <anonymous>} where there is none
 * @param qualifiedName names from the outside in, joined with dots; overloads share it
 * @param bases names of what it extends and implements, without type arguments
 * @param decorators names of its annotations or decorators, in the order of the text
 * @param attributes what else is worth a property in the graph
 */
public record Definition(
        String id,
        String parentId,
        String kind,
        String name,
        String qualifiedName,
        List<String> bases,
        List<String> decorators,
        Map<String, String> attributes) {
    public Definition {
        requireNonNull(id, "id is null");
        requireNonNull(parentId, "parentId is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
        requireNonNull(qualifiedName, "qualifiedName is null");
        bases = List.copyOf(bases);
        decorators = List.copyOf(decorators);
        attributes = Map.copyOf(attributes);
    }
}
