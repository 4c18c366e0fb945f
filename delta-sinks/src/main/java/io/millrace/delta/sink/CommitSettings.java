package io.millrace.delta.sink;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.CommitFacts;
import io.millrace.delta.commit.Statement;
import io.millrace.delta.write.WriteSpec;
import java.io.Serializable;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/**
 * What the commit operator of one sink is told.
 *
 * @param dataset identity of the target
 * @param spec what is written where
 * @param facts recorded with every commit
 * @param idOrigin where the sink's id in them comes from
 * @param rebuild whether the first commit of a run without restored state replaces the result
 * @param commitsOnCheckpoints whether the job takes checkpoints; else there is one commit at the
 *     end
 * @param statement what the job does, where it commits once
 * @param fences whether an older run may still be alive, so that a new one has to keep it from
 *     committing
 * @param stateFolder where the job's checkpoints are kept, for messages; empty if not known
 */
@Internal
public record CommitSettings(
        String dataset,
        WriteSpec spec,
        CommitFacts facts,
        IdOrigin idOrigin,
        boolean rebuild,
        boolean commitsOnCheckpoints,
        Statement statement,
        boolean fences,
        String stateFolder)
        implements Serializable {

    public CommitSettings {
        requireNonNull(dataset, "dataset is null");
        requireNonNull(spec, "spec is null");
        requireNonNull(facts, "facts is null");
        requireNonNull(idOrigin, "idOrigin is null");
        requireNonNull(statement, "statement is null");
        requireNonNull(stateFolder, "stateFolder is null");
    }

    CommitSettings(
            String dataset,
            WriteSpec spec,
            CommitFacts facts,
            boolean rebuild,
            boolean commitsOnCheckpoints,
            String stateFolder) {
        this(
                dataset,
                spec,
                facts,
                IdOrigin.GIVEN,
                rebuild,
                commitsOnCheckpoints,
                Statement.NONE,
                false,
                stateFolder);
    }

    /** Of the only committable, the same for all attempts of the job; empty if there are many. */
    Optional<String> token() {
        return Optional.of(statement.token())
                .filter(token -> !commitsOnCheckpoints && !token.isEmpty());
    }

    CommitSettings committingOnCheckpoints(boolean value) {
        return new CommitSettings(
                dataset, spec, facts, idOrigin, rebuild, value, statement, fences, stateFolder);
    }

    CommitSettings fencing() {
        return new CommitSettings(
                dataset,
                spec,
                facts,
                idOrigin,
                rebuild,
                commitsOnCheckpoints,
                statement,
                true,
                stateFolder);
    }

    CommitSettings owned(String sinkId, IdOrigin origin) {
        return new CommitSettings(
                dataset,
                spec,
                new CommitFacts(sinkId, facts.parameters()),
                origin,
                rebuild,
                commitsOnCheckpoints,
                statement,
                fences,
                stateFolder);
    }
}
