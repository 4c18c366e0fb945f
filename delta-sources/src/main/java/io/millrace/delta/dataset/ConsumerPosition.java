package io.millrace.delta.dataset;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.apache.flink.annotation.Internal;

/**
 * How far a consumer has read a table. It informs those who clean the table and those who look; the
 * truth is the consumer's checkpoint.
 *
 * @param consumer the pipeline
 * @param dataset what the consumer calls the table
 * @param location where the table lay
 * @param tableId id of the table
 * @param version the newest version that the consumer has in its results
 * @param updated when this was recorded
 */
@Internal
public record ConsumerPosition(
        String consumer,
        String dataset,
        String location,
        String tableId,
        long version,
        Instant updated) {

    public ConsumerPosition {
        requireNonNull(consumer, "consumer is null");
        requireNonNull(dataset, "dataset is null");
        requireNonNull(location, "location is null");
        requireNonNull(tableId, "tableId is null");
        requireNonNull(updated, "updated is null");
    }
}
