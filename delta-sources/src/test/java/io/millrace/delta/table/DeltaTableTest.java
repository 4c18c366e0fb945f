package io.millrace.delta.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaTableTest {

    private static final StructType SCHEMA =
            new StructType().add("id", LongType.LONG, false).add("name", StringType.STRING);

    @TempDir private Path folder;

    private DeltaTable table;

    @BeforeEach
    void open() {
        table = DeltaTable.at(folder.resolve("a table").toString());
    }

    private void create() throws CommitConflictException {
        table.create(
                new TableDefinition(
                        SCHEMA,
                        List.of("name"),
                        Map.of(
                                "delta.enableChangeDataFeed",
                                "true",
                                "delta.enableDeletionVectors",
                                "true",
                                TableMetadata.KEY_PROPERTY,
                                "id")),
                CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of("millrace.run", "r1")));
    }

    private static DataFile file(String path, String partition, Optional<DeletionVector> vector) {
        Map<String, String> values = new HashMap<>();
        values.put("name", partition);
        return new DataFile(
                path, values, 10, 1, true, vector, Optional.of("{\"numRecords\":3}"), Map.of());
    }

    private static CommitContent content(
            Optional<TransactionId> txn,
            List<DataFile> adds,
            List<RemovedFile> removes,
            List<ChangeFile> changes) {
        return new CommitContent(
                CommitOperation.STREAMING_UPDATE,
                txn,
                adds,
                removes,
                changes,
                Map.of("millrace.token", "t"));
    }

    @Test
    void aNewTableHasWhatItWasMadeFrom() throws Exception {
        assertThat(table.exists()).isFalse();
        create();
        assertThat(table.exists()).isTrue();
        TableSnapshot snapshot = table.snapshot();
        assertThat(snapshot.version()).isZero();
        assertThat(snapshot.metadata().schema()).isEqualTo(SCHEMA);
        assertThat(snapshot.metadata().partitionColumns()).containsExactly("name");
        assertThat(snapshot.metadata().key()).containsExactly("id");
        assertThat(snapshot.metadata().changeFeedEnabled()).isTrue();
        assertThat(snapshot.metadata().deletionVectorsEnabled()).isTrue();
        assertThat(table.log().at(0).info().parameters()).containsEntry("millrace.run", "r1");
    }

    @Test
    void aCommitMayAddRemoveAndChangeInATableWithAChangeFeed() throws Exception {
        create();
        DataFile first = file("name=a/f1.parquet", "a", Optional.empty());
        table.commit(
                table.snapshot(),
                content(
                        Optional.of(new TransactionId("sink", 1)),
                        List.of(first),
                        List.of(),
                        List.of()));
        DeletionVector vector =
                DeletionVectors.write(table, Map.of(first.path(), RowPositions.of(0, 2)))
                        .get(first.path());
        DataFile second = first.withDeletionVector(Optional.of(vector));
        ChangeFile change = new ChangeFile("_change_data/c1.parquet", first.partitionValues(), 5);
        long version =
                table.commit(
                        table.snapshot(),
                        content(
                                Optional.of(new TransactionId("sink", 2)),
                                List.of(second, file("f2.parquet", null, Optional.empty())),
                                List.of(first.toRemoved(7)),
                                List.of(change)));

        assertThat(version).isEqualTo(2);
        VersionActions actions = table.log().at(2);
        assertThat(actions.removes()).containsExactly(first.toRemoved(7));
        assertThat(actions.changes()).containsExactly(change);
        assertThat(actions.transactions()).containsExactly(Map.entry("sink", 2L));
        assertThat(actions.info().parameters()).containsEntry("millrace.token", "t");
        List<DataFile> live = new ArrayList<>();
        try (CloseableIterator<DataFile> files = table.snapshot().files()) {
            files.forEachRemaining(live::add);
        }
        assertThat(live)
                .extracting(DataFile::path)
                .containsExactlyInAnyOrder("name=a/f1.parquet", "f2.parquet");
        assertThat(live)
                .filteredOn(f -> f.deletionVector().isPresent())
                .singleElement()
                .satisfies(
                        f ->
                                assertThat(
                                                DeletionVectors.load(
                                                        table, f.deletionVector().orElseThrow()))
                                        .isEqualTo(RowPositions.of(0, 2)));
        assertThat(live).allSatisfy(f -> assertThat(f.stats()).isPresent());
        assertThat(table.snapshot().transactionVersion("sink")).hasValue(2);
        assertThat(table.log().lastTransaction("sink", 2).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void aSecondCommitOnTheSameSnapshotIsAConflict() throws Exception {
        create();
        TableSnapshot base = table.snapshot();
        CommitContent content =
                content(
                        Optional.empty(),
                        List.of(file("f", "a", Optional.empty())),
                        List.of(),
                        List.of());
        table.commit(base, content);
        assertThatThrownBy(() -> table.commit(base, content))
                .isInstanceOf(CommitConflictException.class)
                .hasMessageContaining("another writer committed version 1 first");
        assertThat(table.snapshot().version()).isEqualTo(1);
    }

    @Test
    void aTransactionIdThatIsThereIsAConflict() throws Exception {
        create();
        CommitContent content =
                content(
                        Optional.of(new TransactionId("sink", 5)),
                        List.of(file("f", "a", Optional.empty())),
                        List.of(),
                        List.of());
        table.commit(table.snapshot(), content);
        assertThatThrownBy(() -> table.commit(table.snapshot(), content))
                .isInstanceOf(CommitConflictException.class);
    }

    @Test
    void aTableThatIsThereIsNotMadeAgain() throws Exception {
        create();
        assertThatThrownBy(this::create).isInstanceOf(CommitConflictException.class);
    }

    @Test
    void theLogIsReadFromAVersionToItsEnd() throws Exception {
        create();
        for (int i = 0; i < 12; i++) {
            table.commit(
                    table.snapshot(),
                    content(
                            Optional.empty(),
                            List.of(file("f" + i, "a", Optional.empty())),
                            List.of(),
                            List.of()));
        }
        List<Long> versions = new ArrayList<>();
        try (CloseableIterator<VersionActions> commits = table.log().read(5)) {
            commits.forEachRemaining(c -> versions.add(c.version()));
        }
        assertThat(versions).containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        try (CloseableIterator<VersionActions> commits = table.log().read(13)) {
            assertThat(commits.hasNext()).isFalse();
        }
        assertThat(table.log().exists(12)).isTrue();
        assertThat(table.log().exists(13)).isFalse();
        assertThat(folder.resolve("a table/_delta_log/00000000000000000010.checkpoint.parquet"))
                .exists();
        assertThat(folder.resolve("a table/_delta_log/00000000000000000012.crc")).exists();
    }

    @Test
    void aVersionThatWasCleanedUpIsNamed() throws Exception {
        create();
        for (int i = 0; i < 11; i++) {
            table.commit(
                    table.snapshot(), content(Optional.empty(), List.of(), List.of(), List.of()));
        }
        Files.delete(folder.resolve("a table/_delta_log/00000000000000000000.json"));
        assertThatThrownBy(() -> table.log().read(0))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("cannot read version 0 of the log")
                .hasMessageContaining("--rebuild");
    }

    @Test
    void noTableIsAClearError() {
        assertThatThrownBy(() -> table.snapshot())
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("there is no Delta table");
    }

    @Test
    void oneFileHoldsTheVectorsOfSeveralDataFiles() throws IOException {
        Map<String, RowPositions> deletions = new LinkedHashMap<>();
        deletions.put("a", RowPositions.of(1));
        RowPositions many = new RowPositions();
        for (long i = 0; i < 100_000; i += 3) {
            many.add(i);
        }
        many.add(5_000_000_000L);
        deletions.put("b", many);
        Map<String, DeletionVector> vectors = DeletionVectors.write(table, deletions);
        try (var files = Files.list(Path.of(table.location()))) {
            assertThat(files).hasSize(1);
        }
        assertThat(DeletionVectors.load(table, vectors.get("a"))).isEqualTo(RowPositions.of(1));
        assertThat(DeletionVectors.load(table, vectors.get("b"))).isEqualTo(many);
        assertThat(RowPositions.fromBytes(many.toBytes())).isEqualTo(many);
    }
}
