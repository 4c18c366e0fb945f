package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.millrace.bench.CopyBenchmark.Mode;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TransactionId;
import io.millrace.delta.types.DeltaTypes;
import io.millrace.delta.write.TableWrite;
import io.millrace.delta.write.WriteSpec;
import io.millrace.session.SessionProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyBenchmarkITCase {

    private static final RowType ROWS =
            DeltaTypes.toRowType(
                    new StructType()
                            .add("id", LongType.LONG, false)
                            .add("name", StringType.STRING)
                            .add("tags", new MapType(StringType.STRING, LongType.LONG, true)));

    @TempDir private Path folder;

    /** Version 0 is empty, 1 has ten inserts, 2 five updates, 3 three deletes. */
    @BeforeEach
    void source() throws Exception {
        String location = folder.resolve("orders").toString();
        TableWrite write =
                TableWrite.open(
                        DeltaTable.at(location), WriteSpec.of(location, ROWS, List.of("id")));
        for (long id = 0; id < 10; id++) {
            write.upsert(row(id, "first"));
        }
        write.commit(new TransactionId("test", 1), Map.of());
        for (long id = 0; id < 5; id++) {
            write.upsert(row(id, "second"));
        }
        write.commit(new TransactionId("test", 2), Map.of());
        for (long id = 3; id < 6; id++) {
            write.delete(row(id, ""));
        }
        write.commit(new TransactionId("test", 3), Map.of());
    }

    @Test
    void countsEveryRowOfTheFeed() throws Exception {
        CopyRound round = benchmark(Mode.ONE_BATCH).run();

        assertThat(round.read().rows()).isEqualTo(10 + 2 * 5 + 3);
        assertThat(round.bytes()).isPositive();
        assertThat(folder.resolve("_millrace/bench")).isEmptyDirectory();
    }

    @Test
    void makesACommitForEachVersion() throws Exception {
        CopyRound round = benchmark(Mode.EACH_VERSION).run();

        assertThat(round.read().rows()).isEqualTo(10 + 2 * 5 + 3);
        // The table that is made and, for the empty version 0 of the source, nothing.
        assertThat(round.commits()).isBetween(4L, 5L);
    }

    @Test
    void appendsTheLiveRowsAsOftenAsWanted() throws Exception {
        CopyRound round;
        try (AppendBenchmark benchmark =
                new AppendBenchmark(
                        SessionProfile.shipped("local"), folder, folder.resolve("orders"), 3, 2)) {
            round = benchmark.run();
        }

        assertThat(round.read().rows()).isEqualTo(3 * 7);
        assertThat(round.commits()).isEqualTo(2);
        assertThat(folder.resolve("_millrace/bench")).isEmptyDirectory();
    }

    private CopyBenchmark benchmark(Mode mode) {
        return new CopyBenchmark(
                SessionProfile.shipped("local"), folder, folder.resolve("orders"), "id", mode, 2);
    }

    private static GenericRowData row(long id, String name) {
        return GenericRowData.of(
                id,
                StringData.fromString(name),
                new GenericMapData(
                        Map.of(StringData.fromString("a"), id, StringData.fromString("b"), 1L)));
    }
}
