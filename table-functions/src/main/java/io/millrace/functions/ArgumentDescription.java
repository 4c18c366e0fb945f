package io.millrace.functions;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One argument of a function.
 *
 * @param otherwise what stands for a missing argument, as SQL
 * @param accepts semantic kind that a value with a kind must have
 */
public record ArgumentDescription(
        String name,
        String type,
        boolean optional,
        boolean varargs,
        boolean literal,
        Optional<String> otherwise,
        Optional<String> accepts) {

    public ArgumentDescription {
        requireNonNull(otherwise, "otherwise is null");
        requireNonNull(accepts, "accepts is null");
        if (name == null || !name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("not the name of an argument: '" + name + "'");
        }
        if (type == null || type.isBlank()) {
            throw new IllegalArgumentException("argument '" + name + "' has no type");
        }
    }

    static ArgumentDescription of(FunctionDoc.Argument argument) {
        return new ArgumentDescription(
                argument.name(),
                argument.type(),
                argument.optional(),
                argument.varargs(),
                argument.literal(),
                optional(argument.otherwise()),
                optional(argument.accepts()));
    }

    /** A required argument of this type. */
    public static ArgumentDescription required(String name, String type) {
        return new ArgumentDescription(
                name, type, false, false, false, Optional.empty(), Optional.empty());
    }

    static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** As it stands in a signature: optional ones in brackets, with their default. */
    @Override
    public String toString() {
        String text =
                name
                        + " "
                        + (literal ? "literal " : "")
                        + type
                        + (varargs ? "..." : "")
                        + otherwise.map(value -> " = " + value).orElse("");
        return optional ? "[" + text + "]" : text;
    }
}
