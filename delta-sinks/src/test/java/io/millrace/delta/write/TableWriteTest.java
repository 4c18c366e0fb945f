package io.millrace.delta.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.commit.ChangeCounts;
import io.millrace.delta.commit.CommitOutcome;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.TransactionId;
import io.millrace.delta.table.VersionActions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableWriteTest {

    private static final RowType TYPE =
            RowType.of(
                    false,
                    new LogicalType[] {
                        new BigIntType(false), VarCharType.STRING_TYPE, VarCharType.STRING_TYPE
                    },
                    new String[] {"id", "p", "v"});
    private static final String APP = "extract/defs";

    @TempDir Path folder;
    private DeltaTable table;
    private WriteSpec spec;

    @BeforeEach
    void newTable() {
        table = DeltaTable.at(folder.resolve("t").toString());
        spec = WriteSpec.of(table.location(), TYPE, List.of("id"));
    }

    private static RowData row(long id, String partition, String value) {
        return GenericRowData.of(
                id, StringData.fromString(partition), StringData.fromString(value));
    }

    private static TransactionId txn(long version) {
        return new TransactionId(APP, version);
    }

    private static CommitOutcome.Committed committed(CommitOutcome outcome) {
        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
        return (CommitOutcome.Committed) outcome;
    }

    @Test
    void makesATableWithKeyChangeFeedAndDeletionVectors() throws IOException {
        try (TableWrite write = TableWrite.open(table, spec.partitionedBy(List.of("p")))) {
            assertThat(write.commit(txn(1), Map.of())).isEqualTo(new CommitOutcome.Empty());
        }

        TableMetadata metadata = table.snapshot().metadata();
        assertThat(table.snapshot().version()).isZero();
        assertThat(metadata.key()).containsExactly("id");
        assertThat(metadata.changeFeedEnabled()).isTrue();
        assertThat(metadata.deletionVectorsEnabled()).isTrue();
        assertThat(metadata.partitionColumns()).containsExactly("p");
    }

    @Test
    void aCommitIsTheDifferenceToTheTable() throws IOException {
        try (TableWrite write = TableWrite.open(table, spec)) {
            write.upsert(row(1, "a", "one"));
            write.upsert(row(2, "a", "two"));
            write.upsert(row(3, "a", "three"));
            assertThat(committed(write.commit(txn(1), Map.of())).counts())
                    .isEqualTo(new ChangeCounts(3, 0, 0));

            write.upsert(row(1, "a", "one"));
            write.upsert(row(2, "a", "zwei"));
            write.delete(row(3, "", ""));
            write.delete(row(99, "", ""));
            write.upsert(row(4, "a", "four"));
            var second = committed(write.commit(txn(2), Map.of("revision", "r2")));
            assertThat(second).isEqualTo(new CommitOutcome.Committed(2, new ChangeCounts(1, 1, 1)));
        }

        assertThat(TestTables.rows(table, 2))
                .containsExactlyInAnyOrder("1,a,one", "2,a,zwei", "4,a,four");
        assertThat(TestTables.feed(table, 2))
                .containsExactlyInAnyOrder(
                        "update_preimage 2,a,two",
                        "update_postimage 2,a,zwei",
                        "delete 3,a,three",
                        "insert 4,a,four");
        assertThat(table.log().at(2).info().parameters()).containsEntry("revision", "r2");
    }

    @Test
    void insertsOnlyAndDeletesOnlyNeedNoChangeFiles() throws IOException {
        try (TableWrite write = TableWrite.open(table, spec)) {
            write.upsert(row(1, "a", "one"));
            write.upsert(row(2, "a", "two"));
            write.commit(txn(1), Map.of());
            write.delete(row(1, "", ""));
            write.commit(txn(2), Map.of());
        }

        assertThat(table.log().at(1).changes()).isEmpty();
        VersionActions second = table.log().at(2);
        assertThat(second.changes()).isEmpty();
        assertThat(second.adds()).hasSize(1);
        assertThat(second.removes()).hasSize(1);
        assertThat(TestTables.rows(table, 2)).containsExactly("2,a,two");
    }

    @Test
    void unchangedRowsMakeNoVersionUnlessAskedFor() throws IOException {
        try (TableWrite write = TableWrite.open(table, spec)) {
            write.upsert(row(1, "a", "one"));
            write.commit(txn(1), Map.of());

            write.upsert(row(1, "a", "one"));
            assertThat(write.commit(txn(2), Map.of())).isEqualTo(new CommitOutcome.Empty());
            write.upsert(row(1, "a", "one"));
            assertThat(committed(write.commitAlways(txn(2), Map.of())))
                    .isEqualTo(new CommitOutcome.Committed(2, ChangeCounts.NONE));
        }

        assertThat(table.log().at(2).adds()).isEmpty();
        assertThat(table.snapshot().transactionVersion(APP)).hasValue(2);
    }

    @Test
    void aNumberThatTheTableHasIsNotCommittedAgain() throws IOException {
        try (TableWrite write = TableWrite.open(table, spec)) {
            write.upsert(row(1, "a", "one"));
            write.commit(txn(1), Map.of());
        }

        try (TableWrite again = TableWrite.open(table, spec)) {
            again.upsert(row(1, "a", "other"));
            assertThat(again.commit(txn(1), Map.of()))
                    .isEqualTo(new CommitOutcome.AlreadyCommitted(1));
            again.upsert(row(1, "a", "next"));
            assertThat(committed(again.commit(txn(2), Map.of())).counts())
                    .isEqualTo(new ChangeCounts(0, 1, 0));
        }
        assertThat(TestTables.rows(table, 2)).containsExactly("1,a,next");
    }

    @Test
    void followsWhatOthersCommit() throws IOException {
        try (TableWrite one = TableWrite.open(table, spec);
                TableWrite other = TableWrite.open(table, spec)) {
            one.upsert(row(1, "a", "one"));
            one.upsert(row(2, "a", "two"));
            one.commit(txn(1), Map.of());
            other.upsert(row(1, "a", "uno"));
            other.delete(row(2, "", ""));
            other.commit(new TransactionId("other", 1), Map.of());
            one.upsert(row(1, "a", "eins"));
            one.upsert(row(2, "a", "zwei"));
            assertThat(committed(one.commit(txn(2), Map.of())).counts())
                    .isEqualTo(new ChangeCounts(1, 1, 0));
        }

        assertThat(TestTables.feed(table, 3))
                .containsExactlyInAnyOrder(
                        "update_preimage 1,a,uno", "update_postimage 1,a,eins", "insert 2,a,zwei");
    }

    @ParameterizedTest
    @CsvSource({"true, false", "true, true", "false, false", "false, true"})
    void randomHistoriesKeepTableAndFeedExact(boolean vectors, boolean partitioned)
            throws IOException {
        Random random = new Random(vectors ? 1 : 2);
        WriteSpec withVectors = spec.withProperty(WriteSpec.DELETION_VECTORS, "" + vectors);
        WriteSpec used = partitioned ? withVectors.partitionedBy(List.of("p")) : withVectors;
        Map<Long, String> expected = new TreeMap<>();
        Set<String> replayed = new HashSet<>();
        TableWrite write = TableWrite.open(table, used);
        for (int version = 1; version <= 12; version++) {
            if (random.nextInt(4) == 0) {
                write.close();
                write = TableWrite.open(table, used);
            }
            for (int i = 0; i < random.nextInt(12); i++) {
                long id = random.nextInt(10);
                if (random.nextInt(3) == 0) {
                    write.delete(row(id, "", ""));
                    expected.remove(id);
                } else {
                    RowData row = row(id, "p" + random.nextInt(2), "v" + random.nextInt(2));
                    write.upsert(row);
                    expected.put(id, id + "," + row.getString(1) + "," + row.getString(2));
                }
            }
            write.commitAlways(txn(version), Map.of());

            assertThat(TestTables.rows(table, version))
                    .containsExactlyInAnyOrderElementsOf(expected.values());
            Map<String, Integer> changesOfKey = new HashMap<>();
            List<String> inserted = new ArrayList<>();
            for (String change : TestTables.feed(table, version)) {
                String type = change.substring(0, change.indexOf(' '));
                String row = change.substring(change.indexOf(' ') + 1);
                changesOfKey.merge(type + row.charAt(0), 1, Integer::sum);
                if (type.equals("delete") || type.equals("update_preimage")) {
                    assertThat(replayed.remove(row)).as(change).isTrue();
                } else {
                    inserted.add(row);
                }
            }
            replayed.addAll(inserted);
            assertThat(changesOfKey.values()).allMatch(count -> count == 1);
            assertThat(replayed).containsExactlyInAnyOrderElementsOf(expected.values());
        }
        write.close();
    }

    @Test
    void withoutAKeyRowsAreAppended() throws IOException {
        WriteSpec appending = WriteSpec.of(table.location(), TYPE, List.of());
        try (TableWrite write = TableWrite.open(table, appending)) {
            write.upsert(row(1, "a", "one"));
            write.commit(txn(1), Map.of());
            write.upsert(row(1, "a", "one"));
            write.commit(txn(2), Map.of());
            assertThatThrownBy(() -> write.delete(row(1, "a", "one")))
                    .hasMessageContaining("rows are only appended");
        }

        assertThat(TestTables.rows(table, 2)).containsExactly("1,a,one", "1,a,one");
    }
}
