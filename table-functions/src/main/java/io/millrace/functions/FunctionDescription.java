package io.millrace.functions;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is said of a function: how it is called, what it does and since when.
 *
 * @param named whether arguments can be given as {@code name => value}
 * @param returns type of the result as SQL, with {@code NOT NULL} where it holds
 * @param returnsKind semantic kind of the result
 * @param nulls the null rule
 * @param version raised whenever the same arguments may give another result than before
 */
public record FunctionDescription(
        String name,
        FunctionKind kind,
        List<ArgumentDescription> arguments,
        boolean named,
        String returns,
        Optional<String> returnsKind,
        String documentation,
        String nulls,
        List<String> tags,
        String since,
        int version,
        List<FunctionExample> examples) {

    public FunctionDescription {
        requireNonNull(kind, "kind is null");
        arguments = List.copyOf(arguments);
        requireNonNull(returnsKind, "returnsKind is null");
        tags = List.copyOf(tags);
        examples = List.copyOf(examples);
        if (name == null || !name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("not a function name: '" + name + "'");
        }
        if (isBlank(documentation) || isBlank(nulls) || isBlank(returns) || isBlank(since)) {
            throw new IllegalArgumentException(
                    name + ": a function needs documentation, a null rule, a result and a since");
        }
        if (tags.isEmpty() || examples.isEmpty()) {
            throw new IllegalArgumentException(name + ": a function needs tags and examples");
        }
        if (!FunctionRegistry.TAGS.containsAll(tags)) {
            throw new IllegalArgumentException(
                    name + ": unknown tag in " + tags + ". There are " + FunctionRegistry.TAGS);
        }
        if (version < 1) {
            throw new IllegalArgumentException(name + ": version must be positive");
        }
        checkOrder(name, arguments);
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    private static void checkOrder(String name, List<ArgumentDescription> arguments) {
        for (int i = 1; i < arguments.size(); i++) {
            ArgumentDescription before = arguments.get(i - 1);
            if (before.varargs() || (before.optional() && !arguments.get(i).optional())) {
                throw new IllegalArgumentException(
                        name + ": '" + before.name() + "' must stand behind the other arguments");
            }
        }
    }

    static FunctionDescription of(Class<?> implementation) {
        FunctionDoc doc = implementation.getAnnotation(FunctionDoc.class);
        if (doc == null) {
            throw new IllegalArgumentException(implementation.getName() + " has no @FunctionDoc");
        }
        return new FunctionDescription(
                doc.name(),
                doc.kind(),
                Arrays.stream(doc.arguments()).map(ArgumentDescription::of).toList(),
                doc.named()
                        && Arrays.stream(doc.arguments()).noneMatch(FunctionDoc.Argument::varargs),
                doc.returns(),
                ArgumentDescription.optional(doc.returnsKind()),
                doc.doc(),
                doc.nulls(),
                List.of(doc.tags()),
                doc.since(),
                doc.version(),
                Arrays.stream(doc.examples()).map(FunctionExample::of).toList());
    }

    /** The call as a reader of SQL would write it, with the type of the result. */
    public String signature() {
        return arguments.stream()
                .map(ArgumentDescription::toString)
                .collect(Collectors.joining(", ", name + "(", ") " + returns));
    }

    int required() {
        return (int) arguments.stream().filter(argument -> !argument.optional()).count();
    }
}
