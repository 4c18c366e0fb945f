package io.millrace.delta.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StructType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitChainTest {

    @TempDir Path folder;

    private final CountingFileIO files = new CountingFileIO();
    private long number;

    private DeltaTable table() throws Exception {
        DeltaTable table = DeltaTable.over(folder.resolve("t").toString(), files);
        table.create(
                new TableDefinition(
                        new StructType().add("id", LongType.LONG),
                        List.of(),
                        Map.of("delta.checkpointInterval", "10")),
                CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));
        return table;
    }

    private long commit(CommitChain chain) throws Exception {
        number++;
        DataFile file =
                new DataFile(
                        number + ".parquet",
                        Map.of(),
                        1,
                        1,
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Map.of());
        return chain.commit(
                chain.newest(),
                new CommitContent(
                        CommitOperation.STREAMING_UPDATE,
                        Optional.of(new TransactionId("app", number)),
                        List.of(file),
                        List.of(),
                        List.of(),
                        Map.of("number", Long.toString(number))));
    }

    /** Files opened and folders listed by so many commits, their upkeep included. */
    private long cost(DeltaTable table, int commits) throws Exception {
        long before = files.operations();
        try (CommitChain chain = table.commits()) {
            for (int i = 0; i < commits; i++) {
                commit(chain);
            }
        }
        return files.operations() - before;
    }

    @Test
    void aCommitReadsNoMoreFilesInALongLogThanInAShortOne() throws Exception {
        DeltaTable table = table();
        cost(table, 20);
        long inShortLog = cost(table, 30);
        cost(table, 400);
        long inLongLog = cost(table, 30);

        assertThat(inLongLog).isLessThanOrEqualTo(inShortLog * 3 / 2);
        assertThat(inLongLog / 30.0).as("operations a commit").isLessThan(12);
    }

    @Test
    void aCommitOfAnotherWriterIsSeenAndCommittedOn() throws Exception {
        DeltaTable table = table();
        try (CommitChain ours = table.commits();
                CommitChain theirs = table.commits()) {
            commit(ours);
            commit(theirs);
            commit(theirs);

            assertThat(commit(ours)).isEqualTo(4);
            assertThat(ours.newest().transactionVersion("app")).hasValue(4);
            assertThat(table.log().at(4).info().parameters()).containsEntry("number", "4");
        }
    }

    @Test
    void checksumsAndCheckpointsAreWrittenOnTheWay() throws Exception {
        DeltaTable table = table();
        cost(table, 25);

        assertThat(folder.resolve("t/_delta_log/00000000000000000025.crc")).exists();
        try (var log = Files.list(folder.resolve("t/_delta_log"))) {
            assertThat(log.map(path -> path.getFileName().toString()))
                    .anyMatch(name -> name.contains("checkpoint.parquet"));
        }
    }
}
