package io.millrace.artifacts.store;

import java.util.function.Supplier;

/** Takes what is to be stored of plans and runs; returns at once and never throws. */
public interface ArtifactLog {
    /** Stores nothing. */
    ArtifactLog NONE =
            new ArtifactLog() {
                @Override
                public void add(ArtifactRows rows) {}

                @Override
                public void later(Supplier<ArtifactRows> rows) {}
            };

    /** Takes rows. They are not to be changed any more. */
    void add(ArtifactRows rows);

    /** Takes rows that are asked for when nothing else is to come, on another thread. */
    void later(Supplier<ArtifactRows> rows);
}
