package io.millrace.bench;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StructType;
import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.table.CommitConflictException;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.StorageOptions;
import io.millrace.delta.table.TableDefinition;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a table costs that is only watched: opening it, looking for the next commit in vain as a
 * source does between commits, and reading one commit.
 */
public final class PollBenchmark {

    private static final int LOOKS = 2_000;
    private static final int READS = 50;
    private static final int COMMITS_PER_MESSAGE = 1_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final DeltaTable table;

    public PollBenchmark(String location) {
        this.table = DatasetResolver.table(location, StorageOptions.NONE);
    }

    /** Makes the table, with commits that change nothing, if it is not there. */
    public void prepare(int commits, Consumer<String> progress) {
        if (table.exists()) {
            return;
        }
        CommitContent nothing = CommitContent.empty(CommitOperation.STREAMING_UPDATE, Map.of());
        try {
            table.create(
                    new TableDefinition(
                            new StructType().add("id", LongType.LONG),
                            List.of(),
                            Map.of("delta.enableChangeDataFeed", "true")),
                    CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));
            for (int i = 1; i < commits; i++) {
                table.commit(table.snapshot(), nothing);
                if (i % COMMITS_PER_MESSAGE == 0) {
                    progress.accept(i + " commits made");
                }
            }
        } catch (CommitConflictException e) {
            throw new IllegalStateException(e);
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
