package io.millrace.pipeline.definition;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A parameter of a pipeline; one without a default must be given.
 *
 * @param type of its value where SQL names it ({@code :name})
 */
public record ParamDefinition(
        String name, String description, Optional<String> defaultValue, String type) {
    public ParamDefinition {
        requireNonNull(name, "name is null");
        requireNonNull(description, "description is null");
        requireNonNull(defaultValue, "defaultValue is null");
        requireNonNull(type, "type is null");
    }
}
