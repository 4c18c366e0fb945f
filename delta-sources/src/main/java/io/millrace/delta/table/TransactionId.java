package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

/**
 * A {@code txn} action: the last thing that an application committed to a table (Delta protocol,
 * "Transaction Identifiers").
 */
public record TransactionId(String appId, long version) {

    public TransactionId {
        requireNonNull(appId, "appId is null");
    }
}
