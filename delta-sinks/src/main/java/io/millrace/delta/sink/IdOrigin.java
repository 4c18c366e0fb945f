package io.millrace.delta.sink;

import io.millrace.delta.table.RefusedException;
import java.util.Iterator;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.JobID;

/**
 * Where the id of a sink's transactions comes from. A job that goes on from a checkpoint has to go
 * on under the id that the checkpoint was taken with: under another one it would not find what it
 * has committed, and write it again.
 */
@Internal
public enum IdOrigin {
    /** The user or the pipeline has said it; a state of another id does not fit. */
    GIVEN,
    /** It is of the run, and gives way to the one in the state: a restart is a run of its own. */
    RUN,
    /**
     * It is of Flink's job, which keeps its id when it fails over, on an application cluster with
     * high availability, too, where the program runs anew and the job graph is made again. It gives
     * way to the one in the state: a start from a savepoint is another job.
     */
    JOB;

    /**
     * The id to write under.
     *
     * @param sink what messages name
     * @param id as configured; for {@link #JOB} what follows the id of the job
     * @param restored ids in the state, all the same; none without state
     * @throws RefusedException if the state is of another id than the one that is given
     */
    String resolve(String sink, String id, Iterable<String> restored, JobID job) {
        Iterator<String> kept = restored.iterator();
        if (!kept.hasNext()) {
            return this == JOB ? job.toHexString() + "/" + id : id;
        }
        String before = kept.next();
        if (this == GIVEN && !before.equals(id)) {
            throw new RefusedException(
                    "%s: cannot go on as sink %s: the restored state is of sink %s, and what that one has committed would be written again. Set 'sink.id' = '%s', or start without state and with --rebuild."
                            .formatted(sink, id, before, before));
        }
        return before;
    }
}
