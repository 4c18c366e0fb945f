package io.millrace.pipeline;

/**
 * A step that brings a pipeline's sources up to date before a run plans: {@code prepare: {step:
 * NAME}} in {@code pipeline.yaml}. Found by {@link java.util.ServiceLoader}; it runs before each
 * {@code refresh}, {@code run} and {@code plan}, and is expected to be quick when nothing changed.
 */
public interface PrepareStep {
    /** The name by which {@code pipeline.yaml} asks for the step. */
    String name();

    /**
     * Makes or updates the source tables.
     *
     * @return what the run that follows must read; {@link Prepared#latest()} where any version is
     *     fine
     * @throws io.millrace.delta.table.RefusedException where the input is not acceptable (exit code
     *     3)
     */
    Prepared prepare(PrepareContext context);
}
