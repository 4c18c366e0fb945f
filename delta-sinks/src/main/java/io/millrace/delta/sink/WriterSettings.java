package io.millrace.delta.sink;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.write.WriteSpec;
import java.io.Serializable;
import org.apache.flink.annotation.Internal;

/**
 * What the writers of a sink are made from.
 *
 * @param spec what is written where; without key columns rows are only appended
 * @param sinkId transaction id of the sink's commits
 * @param retracts whether the input sends the rows that go, as pre-images and deletes; if not, the
 *     last row of a key counts
 * @param rebuild whether a start without state computes the whole result anew, to be merged with
 *     the table
 */
@Internal
public record WriterSettings(WriteSpec spec, String sinkId, boolean retracts, boolean rebuild)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public WriterSettings {
        requireNonNull(spec, "spec is null");
        requireNonNull(sinkId, "sinkId is null");
    }

    boolean appends() {
        return spec.keyColumns().isEmpty();
    }
}
