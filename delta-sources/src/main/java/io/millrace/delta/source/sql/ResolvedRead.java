package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.ReadMode;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.source.StartingPosition;
import io.millrace.delta.source.sql.DeltaSourceOptions.StartupMode;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.table.TimeRounding;
import java.time.Instant;
import org.apache.flink.table.api.ValidationException;

/**
 * What is read of a table: the request of a scan, and what a run asks of the source, held against
 * the table as it is.
 *
 * @param snapshot the version whose columns the scan has
 */
record ResolvedRead(TableSnapshot snapshot, ReadMode mode, StartingPosition start, SourceRun run) {

    private static final String CHANGES = "the changes";

    ResolvedRead {
        requireNonNull(snapshot, "snapshot is null");
        requireNonNull(mode, "mode is null");
        requireNonNull(start, "start is null");
        requireNonNull(run, "run is null");
    }

    /**
     * @param run what the run asks, where the request says nothing else
     * @throws ValidationException where the table does not have what is asked for
     */
    static ResolvedRead of(ReadRequest request, DeltaTable table, SourceRun run) {
        return new Resolver(request, table, run).resolve();
    }

    private static final class Resolver {

        private final ReadRequest request;
        private final DeltaTable table;
        private final SourceRun run;
        private final TableSnapshot newest;

        Resolver(ReadRequest request, DeltaTable table, SourceRun run) {
            this.request = request;
            this.table = table;
            this.run = run;
            this.newest = table.snapshot();
        }

        ResolvedRead resolve() {
            ReadMode mode = mode();
            if (mode == ReadMode.SNAPSHOT) {
                return oneVersion();
            }
            if (mode.needsChangeFeed() && !newest.metadata().changeFeedEnabled()) {
                throw refused(
                        newest.version(),
                        "it has no change feed, which 'scan.mode' = '%s' needs".formatted(mode),
                        "Set its property 'delta.enableChangeDataFeed' to 'true', or read it with 'append-only' or 'snapshot'");
            }
            SourceRun until = until();
            return new ResolvedRead(newest, mode, start(mode, until), until);
        }

        private ReadMode mode() {
            if (request.mode().isPresent()) {
                return request.mode().get();
            } else if (request.batch() || request.timeTravel()) {
                return ReadMode.SNAPSHOT;
            }
            return newest.metadata().changeFeedEnabled()
                    ? ReadMode.CHANGELOG
                    : ReadMode.APPEND_ONLY;
        }

        private ResolvedRead oneVersion() {
            long version =
                    request.version()
                            .or(() -> request.timestamp().map(this::versionAt))
                            .orElseGet(() -> run.endVersion().orElse(newest.version()));
            SourceRun ofVersion =
                    SourceRun.following(run.pollInterval())
                            .endingAt(version)
                            .limitedTo(run.limits());
            return new ResolvedRead(
                    snapshot(version),
                    ReadMode.SNAPSHOT,
                    new StartingPosition.Snapshot(),
                    ofVersion);
        }

        private long versionAt(Instant time) {
            if (time.isAfter(Instant.now())) {
                throw new ValidationException(
                        "%s: cannot be read as of %s: that is in the future. Give a time that has passed."
                                .formatted(request.dataset(), time));
            }
            return atOrBefore(time);
        }

        private TableSnapshot snapshot(long version) {
            try {
                return version == newest.version() ? newest : table.snapshot(version);
            } catch (RefusedException e) {
                throw new ValidationException(e.getMessage(), e);
            }
        }

        private void checkBetween(long version, long first, long last, String what) {
            if (version < first || version > last) {
                throw refused(
                        version,
                        "%s that can be read are %d to %d".formatted(what, first, last),
                        "Choose one of them");
            }
        }

        /** A batch job must know its end; a stream can wait for it. */
        private SourceRun until() {
            if (!request.batch()) {
                SourceRun until = request.endVersion().map(run::endingAt).orElse(run);
                return request.endTimestamp()
                        .map(time -> until.endingAtTime(time.toEpochMilli()))
                        .orElse(until);
            }
            long end =
                    request.endVersion()
                            .or(() -> request.endTimestamp().map(this::atOrBefore))
                            .orElseGet(() -> run.endVersion().orElse(newest.version()));
            if (end > newest.version()) {
                checkBetween(end, table.log().firstVersion(), newest.version(), CHANGES);
            }
            return run.endingAt(end);
        }

        private StartingPosition start(ReadMode mode, SourceRun until) {
            StartupMode byDefault =
                    mode == ReadMode.FEED ? StartupMode.EARLIEST : StartupMode.SNAPSHOT;
            StartingPosition start =
                    switch (request.startup().orElse(byDefault)) {
                        case SNAPSHOT -> new StartingPosition.Snapshot();
                        case EARLIEST -> new StartingPosition.Version(earliest(mode));
                        case LATEST -> new StartingPosition.Latest();
                        case VERSION ->
                                new StartingPosition.Version(request.startVersion().orElseThrow());
                        case TIMESTAMP ->
                                new StartingPosition.Timestamp(
                                        request.startTimestamp().orElseThrow().toEpochMilli());
                        case CURSOR -> new StartingPosition.Cursor(request.cursor().orElseThrow());
                    };
            if (request.startVersion().isPresent()) {
                // A stream may start with the version that comes next.
                long last =
                        Math.min(until.lastVersion(), newest.version() + (request.batch() ? 0 : 1));
                checkBetween(
                        request.startVersion().get(), table.log().firstVersion(), last, CHANGES);
            }
            return start;
        }

        private long earliest(ReadMode mode) {
            return mode.needsChangeFeed()
                    ? FirstFeedVersion.of(table, newest)
                    : table.log().firstVersion();
        }

        private long atOrBefore(Instant time) {
            try {
                return table.log().versionAt(time.toEpochMilli(), TimeRounding.AT_OR_BEFORE);
            } catch (RefusedException e) {
                throw new ValidationException(e.getMessage(), e);
            }
        }

        private ValidationException refused(long version, String why, String todo) {
            return new ValidationException(
                    "%s: cannot be read at version %d: %s. %s."
                            .formatted(request.dataset(), version, why, todo));
        }
    }
}
