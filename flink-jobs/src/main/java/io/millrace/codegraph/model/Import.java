package io.millrace.codegraph.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One imported name.
 *
 * @param module what is imported from: the package, or the class of a static import
 * @param name what is imported from there; empty where it is the module itself or all it has
 * @param alias name it is given here, where that is another one
 * @param level number of leading dots of a relative import
 * @param star whether all names are imported
 */
public record Import(
        String id,
        String module,
        Optional<String> name,
        Optional<String> alias,
        int level,
        boolean star) {
    public Import {
        requireNonNull(id, "id is null");
        requireNonNull(module, "module is null");
        requireNonNull(name, "name is null");
        requireNonNull(alias, "alias is null");
    }
}
