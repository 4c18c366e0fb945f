package io.millrace.artifacts;

/** Opens fresh sessions to plan in; whoever makes sessions implements it. */
@FunctionalInterface
public interface PlanningEnvironments {
    /**
     * A session in which nothing was planned before, with the pipeline's tables, views and
     * statements declared.
     */
    PlanningInput open();
}
