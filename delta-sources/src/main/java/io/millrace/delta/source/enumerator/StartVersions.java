package io.millrace.delta.source.enumerator;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.ConsumerPosition;
import io.millrace.delta.dataset.ConsumerPositions;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.source.StartingPosition.Cursor;
import io.millrace.delta.source.StartingPosition.Timestamp;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.table.TimeRounding;
import java.nio.file.Path;

/** The first version whose changes are read, where it is not given as a number. */
final class StartVersions {

    private final DeltaTable table;
    private final ReadSpec spec;
    private final SourceRun run;

    StartVersions(DeltaTable table, ReadSpec spec, SourceRun run) {
        this.table = requireNonNull(table, "table is null");
        this.spec = requireNonNull(spec, "spec is null");
        this.run = requireNonNull(run, "run is null");
    }

    /**
     * The first version committed at that time or later. A source that follows its table may start
     * at a time after its last commit, though not in the future.
     */
    long of(Timestamp start, TableSnapshot newest) {
        long timestamp = start.epochMillis();
        try {
            return table.log().versionAt(timestamp, TimeRounding.AT_OR_AFTER);
        } catch (RefusedException e) {
            boolean past = timestamp <= System.currentTimeMillis();
            if (!run.bounded() && past && newest.timestamp() < timestamp) {
                return newest.version() + 1;
            }
            throw e;
        }
    }

    /** The version after the one that the consumer has. */
    long of(Cursor start, TableSnapshot newest) {
        if (run.consumers().isEmpty()) {
            throw refused(start, "where positions are recorded is not known");
        }
        ConsumerPositions positions = new ConsumerPositions(Path.of(run.consumers()));
        String tableId = newest.metadata().id();
        return positions
                        .of(tableId, start.consumer())
                        .orElseThrow(
                                () ->
                                        refused(
                                                start,
                                                "it has recorded none for this table, only "
                                                        + positions.of(tableId).stream()
                                                                .map(ConsumerPosition::consumer)
                                                                .toList()
                                                        + " have"))
                        .version()
                + 1;
    }

    private RefusedException refused(Cursor start, String why) {
        return new RefusedException(
                "%s: cannot start %s at the position of %s: %s. Name one that has, or start at a version."
                        .formatted(spec.location(), spec.dataset(), start.consumer(), why));
    }
}
