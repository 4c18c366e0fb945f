package io.millrace.functions;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.module.Module;

/**
 * Brings all functions of the registry into a table environment; the only place where functions are
 * registered. Load it under {@link #NAME}, behind Flink's core module.
 */
public final class MillraceModule implements Module {

    public static final String NAME = "millrace";

    private final FunctionRegistry registry;

    public MillraceModule() {
        this(FunctionRegistry.standard());
    }

    public MillraceModule(FunctionRegistry registry) {
        this.registry = requireNonNull(registry, "registry is null");
    }

    public FunctionRegistry registry() {
        return registry;
    }

    @Override
    public Set<String> listFunctions() {
        return registry.entries().stream()
                .filter(entry -> entry.definition().isPresent())
                .map(FunctionEntry::name)
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<FunctionDefinition> getFunctionDefinition(String name) {
        return registry.find(name.toLowerCase(Locale.ROOT)).flatMap(FunctionEntry::definition);
    }
}
