package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * The newest transaction of an application in a version.
 *
 * @param lastUpdated epoch milliseconds, where its writer says it
 */
public record TransactionMark(TransactionId id, OptionalLong lastUpdated) {

    public TransactionMark {
        requireNonNull(id, "id is null");
        requireNonNull(lastUpdated, "lastUpdated is null");
    }
}
