package io.millrace.delta.source.order;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.SideOutputTransformation;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.util.OutputTag;

/**
 * A sequencer's message to the sinks behind it: all rows of versions up to {@code released} that
 * this subtask will ever emit went out before it, and rows of {@code opened} may follow although
 * that version is not complete. Until it is released nobody may commit.
 *
 * @param source the identity of the dataset
 * @param subtask the sequencer's subtask
 * @param parallelism how many subtasks of this source report
 * @param released the newest version released, inclusive; {@link #NONE} if this subtask has
 *     released none since it started
 * @param opened the newest version that streams through; {@link #NONE} if none did
 */
public record SourceProgress(
        String source, int subtask, int parallelism, long released, long opened) {

    public static final long NONE = Long.MIN_VALUE;

    public static final RowType ROW_TYPE =
            RowType.of(
                    new LogicalType[] {
                        VarCharType.STRING_TYPE,
                        new IntType(false),
                        new IntType(false),
                        new BigIntType(false),
                        new BigIntType(false)
                    },
                    new String[] {"source", "subtask", "parallelism", "released", "opened"});

    /** The side output of a sequencer that carries these messages. */
    public static final OutputTag<RowData> TAG =
            new OutputTag<>("source-progress", InternalTypeInfo.of(ROW_TYPE));

    /** Accumulator of the rows that came from a source, followed by the dataset's identity. */
    public static final String ROWS = "millrace.rows.";

    public SourceProgress {
        requireNonNull(source, "source is null");
        if (subtask < 0 || subtask >= parallelism) {
            throw new IllegalArgumentException(
                    source + ": subtask " + subtask + " of " + parallelism);
        }
    }

    /** Nothing streams through. */
    public SourceProgress(String source, int subtask, int parallelism, long released) {
        this(source, subtask, parallelism, released, NONE);
    }

    public RowData toRow() {
        return GenericRowData.of(
                StringData.fromString(source), subtask, parallelism, released, opened);
    }

    public static SourceProgress fromRow(RowData row) {
        return new SourceProgress(
                row.getString(0).toString(),
                row.getInt(1),
                row.getInt(2),
                row.getLong(3),
                row.getLong(4));
    }

    /** The progress of every source that a transformation reads from, one stream for each. */
    public static List<Transformation<RowData>> streamsBefore(Transformation<?> transformation) {
        return transformation.getTransitivePredecessors().stream()
                .distinct()
                .filter(SourceProgress::isSequencer)
                .<Transformation<RowData>>map(
                        sequencer -> new SideOutputTransformation<>(sequencer, TAG))
                .toList();
    }

    /** Whether every row that reaches a transformation has come through a sequencer. */
    public static boolean isOnlyOfSequencers(Transformation<?> transformation) {
        Set<Transformation<?>> seen = new HashSet<>();
        Deque<Transformation<?>> left = new ArrayDeque<>(List.of(transformation));
        while (!left.isEmpty()) {
            Transformation<?> next = left.pop();
            if (seen.add(next) && !isSequencer(next)) {
                if (next.getInputs().isEmpty()) {
                    return false;
                }
                left.addAll(next.getInputs());
            }
        }
        return true;
    }

    private static boolean isSequencer(Transformation<?> transformation) {
        return transformation instanceof OneInputTransformation<?, ?> operator
                && operator.getOperatorFactory() instanceof VersionSequencerFactory;
    }
}
