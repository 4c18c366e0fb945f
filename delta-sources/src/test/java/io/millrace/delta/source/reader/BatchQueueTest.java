package io.millrace.delta.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.parquet.row.RowEncoder;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.data.columnar.vector.heap.HeapLongVector;
import org.apache.flink.table.types.logical.BigIntType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchQueueTest {

    /** Of a row with one number. */
    private static final int ROW_BYTES = 16;

    private final BatchQueue queue =
            new BatchQueue(() -> new EncodedBatch(1), Integer.MAX_VALUE, 4 * ROW_BYTES);

    @Test
    void waitsWhileThereIsNoRoomForTheBytes() throws Exception {
        queue.put(batch(2));
        queue.put(batch(2));
        EncodedBatch more = batch(1);
        Thread third = new Thread(() -> put(more));
        third.start();
        while (third.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        assertThat(queue.poll()).hasValueSatisfying(b -> assertThat(b.count()).isEqualTo(2));
        third.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(queue.poll()).hasValueSatisfying(b -> assertThat(b.count()).isEqualTo(2));
        assertThat(queue.poll()).hasValueSatisfying(b -> assertThat(b.count()).isEqualTo(1));
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void takesABatchThatIsTooLargeWhenNothingElseWaits() throws Exception {
        queue.put(batch(100));

        assertThat(queue.poll()).isPresent();
    }

    @Test
    void fillsBatchesAgainUnlessTheyAreTooLarge() throws Exception {
        EncodedBatch usual = batch(3);
        queue.release(usual);
        assertThat(queue.obtain()).isSameAs(usual);
        assertThat(usual.count()).isZero();

        EncodedBatch large = batch(5);
        queue.release(large);
        assertThat(queue.obtain()).isNotSameAs(large);
    }

    @Test
    void hasNoMoreBatchesThanThereMayBe() throws Exception {
        BatchQueue two = new BatchQueue(() -> new EncodedBatch(1), 2, Long.MAX_VALUE);
        ReadBatch first = two.obtain();
        ReadBatch second = two.obtain();
        FutureTask<ReadBatch> third = new FutureTask<>(two::obtain);
        Thread reader = new Thread(third);
        reader.start();
        while (reader.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        two.put(second);
        assertThat(third.isDone()).isFalse();
        two.release(first);

        assertThat(third.get(30, TimeUnit.SECONDS)).isSameAs(first);
    }

    private void put(EncodedBatch batch) {
        try {
            queue.put(batch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private EncodedBatch batch(int rows) throws InterruptedException {
        EncodedBatch batch = (EncodedBatch) queue.obtain();
        VectorizedColumnBatch numbers =
                new VectorizedColumnBatch(new ColumnVector[] {new HeapLongVector(rows)});
        new RowEncoder(List.of(new BigIntType(false)), 0, Integer.MAX_VALUE)
                .encode(numbers, new int[rows], 0, rows, batch.rows());
        return batch;
    }
}
