package io.millrace.bench;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StructType;
import io.millrace.delta.dataset.DatasetResolver;
import io.millrace.delta.table.CommitChain;
import io.millrace.delta.table.CommitConflictException;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.StorageOptions;
import io.millrace.delta.table.TableDefinition;
import io.millrace.delta.table.TransactionId;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Commits again and again to a table of its own, which is left there, and measures the last commits
 * before 10, 100 and each thousand. Each commit adds a file, of which only the log knows.
 */
public final class CommitBenchmark {

    private static final int FIRST = 10;
    private static final int STEP = 1_000;
    private static final int MEASURED = 100;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MEDIAN = 0.5;
    private static final double HIGH = 0.95;

    private final DeltaTable table;

    public CommitBenchmark(Path warehouse) {
        Path location =
                requireNonNull(warehouse, "warehouse is null")
                        .toAbsolutePath()
                        .resolve("_millrace/bench/" + UUID.randomUUID());
        this.table = DatasetResolver.table(location.toString(), StorageOptions.NONE);
    }

    /**
     * Commits so many times.
     *
     * @param measured takes what commits cost when there are 10, 100, 1,000, 2,000 ... of them
     */
    public void run(int commits, Consumer<CommitRound> measured) {
        double[] millis = new double[commits];
        try (CommitChain chain = table.commits()) {
            table.create(
                    new TableDefinition(
                            new StructType().add("id", LongType.LONG),
                            List.of(),
                            Map.of("delta.enableChangeDataFeed", "true")),
                    CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));
            int next = FIRST;
            for (int i = 0; i < commits; i++) {
                long start = System.nanoTime();
                chain.commit(chain.newest(), content(i));
                millis[i] = (System.nanoTime() - start) / NANOS_PER_MILLI;
                if (i + 1 == next || i + 1 == commits) {
                    measured.accept(round(millis, i + 1));
                    next = next < STEP ? next * FIRST : next + STEP;
                }
            }
        } catch (CommitConflictException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CommitRound round(double[] millis, int through) {
        double[] last = Arrays.copyOfRange(millis, Math.max(0, through - MEASURED), through);
        Arrays.sort(last);
        return new CommitRound(
                through, last[(int) (last.length * MEDIAN)], last[(int) (last.length * HIGH)]);
    }

    private static CommitContent content(int number) {
        DataFile file =
                new DataFile(
                        "part-%09d.parquet".formatted(number),
                        Map.of(),
                        1000,
                        1,
                        true,
                        Optional.empty(),
                        Optional.of("{\"numRecords\":1}"),
                        Map.of());
        return new CommitContent(
                CommitOperation.STREAMING_UPDATE,
                Optional.of(new TransactionId("bench", number)),
                List.of(file),
                List.of(),
                List.of(),
                Map.of());
    }
}
