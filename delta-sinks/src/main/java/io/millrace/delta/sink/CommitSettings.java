package io.millrace.delta.sink;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.CommitFacts;
import io.millrace.delta.write.WriteSpec;
import java.io.Serializable;
import org.apache.flink.annotation.Internal;

/**
 * What the commit operator of one sink is told.
 *
 * @param dataset identity of the target
 * @param spec what is written where
 * @param facts recorded with every commit
 * @param rebuild whether the first commit of a run without restored state replaces the result
 * @param commitsOnCheckpoints whether the job takes checkpoints; else there is one commit at the
 *     end
 * @param stateFolder where the job's checkpoints are kept, for messages; empty if not known
 */
@Internal
public record CommitSettings(
        String dataset,
        WriteSpec spec,
        CommitFacts facts,
        boolean rebuild,
        boolean commitsOnCheckpoints,
        String stateFolder)
        implements Serializable {

    public CommitSettings {
        requireNonNull(dataset, "dataset is null");
        requireNonNull(spec, "spec is null");
        requireNonNull(facts, "facts is null");
        requireNonNull(stateFolder, "stateFolder is null");
    }

    CommitSettings committingOnCheckpoints(boolean value) {
        return new CommitSettings(dataset, spec, facts, rebuild, value, stateFolder);
    }
}
