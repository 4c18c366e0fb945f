package io.millrace.bench;

import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.StorageOptions;
import java.nio.file.Path;

/**
 * What a table costs that is only watched: opening it, looking for the next commit in vain as a
 * source does between commits, and reading one commit.
 */
public final class PollBenchmark {

    private static final int LOOKS = 2_000;
    private static final int READS = 50;
    private static final double NANOS_PER_MILLI = 1e6;

    private final DeltaTable table;

    public PollBenchmark(String location) {
        this.table = DatasetResolver.table(location, StorageOptions.NONE);
    }

    /**
     * Makes the table if it is not there.
     *
     * @param checkpointed whether its log has a checkpoint, as writers leave them
     */
    public void prepare(int commits, boolean checkpointed) {
        if (!table.exists()) {
            new PollTable(Path.of(table.location())).write(commits, checkpointed);
        }
    }

    public PollRound run() {
        long start = System.nanoTime();
        DeltaTable opened = DatasetResolver.table(table.location(), StorageOptions.NONE);
        long newest = opened.snapshot().version();
        double open = millisSince(start);
        start = System.nanoTime();
        for (int i = 0; i < LOOKS; i++) {
            if (table.log().exists(newest + 1)) {
                throw new IllegalStateException(
                        table.location() + ": somebody commits while it is measured");
            }
        }
        double look = millisSince(start) / LOOKS;
        start = System.nanoTime();
        for (int i = 0; i < READS; i++) {
            table.log().at(newest);
        }
        return new PollRound(newest + 1, open, look, millisSince(start) / READS);
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / NANOS_PER_MILLI;
    }
}
