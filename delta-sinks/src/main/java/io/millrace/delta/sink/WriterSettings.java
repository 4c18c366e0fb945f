package io.millrace.delta.sink;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.commit.CommitKind;
import io.millrace.delta.commit.Statement;
import io.millrace.delta.write.WriteSpec;
import io.millrace.delta.write.WriterMemory;
import java.io.Serializable;
import java.util.Set;
import org.apache.flink.annotation.Internal;

/**
 * What the writers of a sink are made from.
 *
 * @param spec what is written where; without key columns rows are only appended
 * @param sinkId transaction id of the sink's commits
 * @param idOrigin where it comes from
 * @param retracts whether the input sends the rows that go, as pre-images and deletes; if not, the
 *     last row of a key counts
 * @param rebuild whether a start without state computes the whole result anew, to be merged with
 *     the table
 * @param statement what the job does, where it commits once
 * @param readVersion version of the table that a row-level statement read; else not looked at
 * @param memory of each writer
 * @param oneRowAKey whether a second row of a key is an error wherever checkpoints lie; only where
 *     each checkpoint has whole versions of the sources, and rows that go are never left out
 */
@Internal
public record WriterSettings(
        WriteSpec spec,
        String sinkId,
        IdOrigin idOrigin,
        boolean retracts,
        boolean rebuild,
        Statement statement,
        long readVersion,
        WriterMemory memory,
        boolean oneRowAKey)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public WriterSettings {
        requireNonNull(spec, "spec is null");
        requireNonNull(sinkId, "sinkId is null");
        requireNonNull(idOrigin, "idOrigin is null");
        requireNonNull(statement, "statement is null");
        requireNonNull(memory, "memory is null");
    }

    WriterSettings(WriteSpec spec, String sinkId, boolean retracts, boolean rebuild) {
        this(spec, sinkId, retracts, rebuild, WriterMemory.DEFAULT);
    }

    WriterSettings(
            WriteSpec spec, String sinkId, boolean retracts, boolean rebuild, WriterMemory memory) {
        this(spec, sinkId, IdOrigin.GIVEN, retracts, rebuild, Statement.NONE, -1, memory, false);
    }

    /** For a job that commits with each checkpoint: its commits have tokens of their own. */
    WriterSettings committingOnCheckpoints(boolean value) {
        Statement here = value ? new Statement(statement.kind(), "") : statement;
        return new WriterSettings(
                spec, sinkId, idOrigin, retracts, rebuild, here, readVersion, memory, oneRowAKey);
    }

    /** With an id that no start changes any more. */
    WriterSettings under(String id) {
        return new WriterSettings(
                spec,
                id,
                IdOrigin.GIVEN,
                retracts,
                rebuild,
                statement,
                readVersion,
                memory,
                oneRowAKey);
    }

    WriterSettings withOneRowAKey(boolean value) {
        return new WriterSettings(
                spec, sinkId, idOrigin, retracts, rebuild, statement, readVersion, memory, value);
    }

    /** Whether rows come with their places in files. */
    boolean positioned() {
        return statement.kind() instanceof CommitKind.RowLevel;
    }

    /** Columns that the rows say nothing of. */
    Set<String> kept() {
        return statement.kind() instanceof CommitKind.SomeColumns columns
                ? columns.kept()
                : Set.of();
    }

    boolean appends() {
        return spec.keyColumns().isEmpty();
    }
}
