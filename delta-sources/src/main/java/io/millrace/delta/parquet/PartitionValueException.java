package io.millrace.delta.parquet;

import org.apache.flink.annotation.Internal;

/** A partition value in a table's log that is none of its column's type. */
@Internal
public final class PartitionValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    PartitionValueException(String message, Throwable cause) {
        super(message, cause);
    }
}
