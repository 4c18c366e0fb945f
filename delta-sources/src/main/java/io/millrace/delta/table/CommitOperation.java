package io.millrace.delta.table;

import io.delta.kernel.Operation;

/** Names of operations that a table's history shows. */
public enum CommitOperation {
    CREATE_TABLE(Operation.CREATE_TABLE),
    WRITE(Operation.WRITE),
    STREAMING_UPDATE(Operation.STREAMING_UPDATE),
    MANUAL_UPDATE(Operation.MANUAL_UPDATE);

    private final Operation kernel;

    CommitOperation(Operation kernel) {
        this.kernel = kernel;
    }

    Operation kernel() {
        return kernel;
    }
}
