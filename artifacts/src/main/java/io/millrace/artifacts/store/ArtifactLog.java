package io.millrace.artifacts.store;

/** Takes what is to be stored of plans and runs. */
@FunctionalInterface
public interface ArtifactLog {
    /** Stores nothing. */
    ArtifactLog NONE = rows -> {};

    /** Takes rows; returns at once and never throws. They are not to be changed any more. */
    void add(ArtifactRows rows);
}
