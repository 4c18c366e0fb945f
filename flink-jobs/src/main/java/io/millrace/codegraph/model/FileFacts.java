package io.millrace.codegraph.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What an extractor found in one file.
 *
 * @param module what the file is to imports: {@code java.util.List}, {@code os.path}
 * @param anchors where each of the entities stands
 */
public record FileFacts(
        String module,
        List<Definition> definitions,
        List<Call> calls,
        List<Import> imports,
        List<Anchor> anchors) {
    public FileFacts {
        requireNonNull(module, "module is null");
        definitions = List.copyOf(definitions);
        calls = List.copyOf(calls);
        imports = List.copyOf(imports);
        anchors = List.copyOf(anchors);
    }

    /** The facts of a file in which nothing could be read. */
    public static FileFacts empty(String module) {
        return new FileFacts(module, List.of(), List.of(), List.of(), List.of());
    }
}
