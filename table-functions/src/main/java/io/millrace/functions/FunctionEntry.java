package io.millrace.functions;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.flink.table.functions.FunctionDefinition;

/** One function of the registry: its description and its definition for the planner. */
public record FunctionEntry(
        String name,
        FunctionKind kind,
        String signature,
        String documentation,
        List<String> tags,
        int version,
        FunctionDefinition definition) {

    public FunctionEntry {
        requireNonNull(name, "name is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(signature, "signature is null");
        requireNonNull(documentation, "documentation is null");
        requireNonNull(definition, "definition is null");
        tags = List.copyOf(tags);
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("not a function name: '" + name + "'");
        }
        if (documentation.isBlank() || signature.isBlank() || tags.isEmpty()) {
            throw new IllegalArgumentException(
                    name + ": a function needs a signature, documentation and tags");
        }
        if (!FunctionRegistry.TAGS.containsAll(tags)) {
            throw new IllegalArgumentException(name + ": unknown tag in " + tags);
        }
        if (version < 1) {
            throw new IllegalArgumentException(name + ": version must be positive");
        }
    }

    static FunctionEntry of(FunctionDefinition definition) {
        FunctionDoc doc = definition.getClass().getAnnotation(FunctionDoc.class);
        if (doc == null) {
            throw new IllegalArgumentException(
                    definition.getClass().getName() + " has no @FunctionDoc");
        }
        return new FunctionEntry(
                doc.name(),
                doc.kind(),
                doc.signature(),
                doc.doc(),
                List.of(doc.tags()),
                doc.version(),
                definition);
    }

    /** What decides whether a result may differ; documentation and tags do not. */
    String behaviour() {
        return name + '|' + kind + '|' + signature + '|' + version;
    }
}
