package io.millrace.catalog.procedures;

import io.millrace.delta.dataset.ConsumerPosition;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableSnapshot;
import java.time.Clock;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.types.Row;

/** Records where a consumer is. */
final class Positions {

    private Positions() {}

    /**
     * @param version null for the newest
     */
    static Row record(
            ProcedureTables tables,
            DeltaTable delta,
            TableSnapshot newest,
            String table,
            String consumer,
            Long version,
            Clock clock) {
        long at = version == null ? newest.version() : version;
        long first = delta.log().firstVersion();
        // One before the first is somebody who has read nothing yet.
        if (at < first - 1 || at > newest.version()) {
            throw new ValidationException(
                    "%s: cannot set consumer '%s' to version %d: the log holds versions %d to %d. Choose one of them."
                            .formatted(table, consumer, at, first, newest.version()));
        }
        tables.consumers()
                .record(
                        new ConsumerPosition(
                                consumer,
                                table,
                                delta.location(),
                                newest.metadata().id(),
                                at,
                                clock.instant()));
        return Row.of(consumer, at);
    }
}
