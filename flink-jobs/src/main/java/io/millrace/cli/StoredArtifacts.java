package io.millrace.cli;

import static java.util.Objects.requireNonNull;

import io.millrace.artifacts.store.ArtifactLog;
import io.millrace.artifacts.store.ArtifactStore;
import io.millrace.session.SessionProfile;
import java.nio.file.Path;

/** Has what a command does stored, if its profile says so. */
record StoredArtifacts(boolean stored, Path warehouse, CommandIo io) {
    StoredArtifacts {
        requireNonNull(warehouse, "warehouse is null");
        requireNonNull(io, "io is null");
    }

    /** What is told to a log. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T with(ArtifactLog log) throws E, InterruptedException;
    }

    static StoredArtifacts of(SessionProfile profile, Path warehouse, CommandIo io) {
        return new StoredArtifacts(profile.storesArtifacts(), warehouse, io);
    }

    /** Does it, and waits until what it told is stored. */
    <T, E extends Exception> T with(Work<T, E> work) throws E, InterruptedException {
        if (!stored) {
            return work.with(ArtifactLog.NONE);
        }
        try (ArtifactStore artifacts = ArtifactStore.open(warehouse, io::progress)) {
            return work.with(artifacts);
        }
    }
}
