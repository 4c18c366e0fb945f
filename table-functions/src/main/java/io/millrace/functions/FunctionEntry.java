package io.millrace.functions;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.table.functions.FunctionDefinition;

/**
 * One function of the registry.
 *
 * @param definition what the planner calls; empty for functions that are expanded when planned
 * @param implementation what besides the description decides the result: nothing for ours, whose
 *     version says it; the digest of the jar or the expression for those of a pipeline
 */
public record FunctionEntry(
        FunctionDescription description,
        Optional<FunctionDefinition> definition,
        String implementation) {

    public FunctionEntry {
        requireNonNull(description, "description is null");
        requireNonNull(definition, "definition is null");
        requireNonNull(implementation, "implementation is null");
    }

    static FunctionEntry of(FunctionDefinition definition) {
        return of(definition, "");
    }

    /**
     * A function with {@link FunctionDoc}.
     *
     * @param implementation digest of where the class comes from
     */
    public static FunctionEntry of(FunctionDefinition definition, String implementation) {
        return new FunctionEntry(
                FunctionDescription.of(definition.getClass()),
                Optional.of(definition),
                implementation);
    }

    public String name() {
        return description.name();
    }

    /** Whether the same arguments always give the same result. */
    public boolean isDeterministic() {
        return definition.map(FunctionDefinition::isDeterministic).orElse(true);
    }

    /** What decides whether a result may differ; documentation, tags and examples do not. */
    String behaviour() {
        String arguments =
                description.arguments().stream()
                        .map(argument -> argument.toString())
                        .collect(Collectors.joining(","));
        return String.join(
                "|",
                name(),
                description.kind().name(),
                arguments,
                description.returns(),
                Boolean.toString(isDeterministic()),
                Integer.toString(description.version()),
                implementation);
    }
}
