package io.millrace.delta.sink;

import io.millrace.delta.write.WriteSpec;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;
import org.apache.flink.streaming.runtime.partitioner.KeyGroupStreamPartitioner;
import org.apache.flink.table.data.RowData;

/**
 * Sends rows with equal keys to one writer. Partitions as {@code keyBy} does, but writers keep no
 * keyed state: so nothing is set up for each row, and a batch job does not sort them, which would
 * lose the order of arrival.
 */
final class KeyedRows {

    private KeyedRows() {}

    static DataStream<RowData> of(DataStream<RowData> rows, WriteSpec spec) {
        return new DataStream<>(
                rows.getExecutionEnvironment(),
                new PartitionTransformation<>(
                        rows.getTransformation(),
                        new KeyGroupStreamPartitioner<>(
                                new RowKeySelector(spec),
                                KeyGroupRangeAssignment.DEFAULT_LOWER_BOUND_MAX_PARALLELISM)));
    }
}
