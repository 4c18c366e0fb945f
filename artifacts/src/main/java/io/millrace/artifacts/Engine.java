package io.millrace.artifacts;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What plans: another engine may make another plan, or run the same one otherwise.
 *
 * @param flink version
 * @param programs of the planner, in their order; those that are not Flink's with their class
 */
public record Engine(String flink, List<String> programs) {
    public Engine {
        requireNonNull(flink, "flink is null");
        programs = List.copyOf(programs);
    }
}
