package io.millrace.delta.sink;

import java.io.Serializable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.data.RowData;

/**
 * Makes rows of values of a user's type.
 *
 * @param <T> type of the values
 */
@PublicEvolving
@FunctionalInterface
public interface RowConverter<T> extends Serializable {

    /**
     * The row of a value: its fields are those of the sink's {@code WriteSpec.rowType()}, in its
     * order and in Flink's internal data structures; its row kind says whether it comes or goes.
     * The row may be the same object each time.
     */
    RowData convert(T value) throws Exception;
}
