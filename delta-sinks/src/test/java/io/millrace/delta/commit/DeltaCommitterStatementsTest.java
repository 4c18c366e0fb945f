package io.millrace.delta.commit;

import static io.millrace.delta.commit.TestTarget.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.commit.CommitKind.Overwrite;
import io.millrace.delta.commit.CommitKind.RowLevel;
import io.millrace.delta.scan.Predicate;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.RowPositions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Commits that replace partitions, or rows where they stand. */
class DeltaCommitterStatementsTest extends DeltaCommitterTestBase {

    private static final Map<String, String> NO_KEY = Map.of("millrace.key", "");
    private static final Replaced WRITTEN = new Replaced(Map.of(), true, Predicate.TRUE);

    @Test
    void overwriteByKeyLeavesEqualRowsOutOfTheFeed() throws Exception {
        commit(writer.flush(1, change(1, "a", 2, "b", 3, "c")));

        CommitOutcome outcome = overwrite(Replaced.ALL, staged(row(1, "a"), row(2, "B")));

        assertThat(outcome).isEqualTo(new CommitOutcome.Committed(2, new ChangeCounts(0, 1, 1)));
        assertThat(target.rows()).isEqualTo(Map.of(1L, "a", 2L, "B"));
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void overwriteWithoutAKeyIsADifferenceOfMultisets() throws Exception {
        use(NO_KEY, List.of());
        commit(writer.flush(1, change(1, "a", 2, "b")));
        target.foreignAppend(row(1, "a"), row(1, "a"));

        CommitOutcome outcome =
                overwrite(Replaced.ALL, staged(row(1, "a"), row(1, "a"), row(3, "c")));

        assertThat(outcome).isEqualTo(new CommitOutcome.Committed(3, new ChangeCounts(1, 0, 2)));
        assertThat(target.feed(3)).containsExactly("delete 1 a", "delete 2 b", "insert 3 c");
    }

    @Test
    void aStatementThatKeepsColumnsIsRefusedWhereOthersHaveCommitted() throws Exception {
        commit(writer.flush(1, change(1, "a")));
        Committable kept =
                builder(follow().flush(2, change(1, "b"))).build(1, "s", 2, false, Map.of());
        CommitKind kind = new CommitKind.SomeColumns(Set.of("region"));
        target.foreignAppend(row(2, "theirs"));

        assertThatThrownBy(() -> target.committer(kind).commit(kept))
                .isInstanceOf(RefusedException.class)
                .hasMessageEndingWith(
                        "target: cannot commit rows that keep the columns [region] at version 2: others have committed since these were read. Run the statement again.");
        assertThat(target.rows()).isEqualTo(Map.of(1L, "a", 2L, "theirs"));
    }

    @Test
    void overwriteWithoutRowsEmptiesTheTableUnread() throws Exception {
        commit(writer.flush(1, change(1, "a", 2, "b", 3, "c")));
        target.foreignDelete(2);

        CommitOutcome outcome = overwrite(Replaced.ALL, staged());

        assertThat(outcome).isEqualTo(new CommitOutcome.Committed(3, new ChangeCounts(0, 0, 2)));
        assertThat(target.rows()).isEmpty();
        assertThat(target.table.log().at(3).changes()).isEmpty();
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void overwriteOfAPartitionLeavesTheOthers() throws Exception {
        use(Map.of(), List.of("region"));
        commit(writer.flush(1, change(1, "a", 2, "b", 3, "c", 4, "d")));

        overwrite(new Replaced(Map.of("region", "odd"), false, Predicate.TRUE), staged());
        assertThat(target.rows()).isEqualTo(Map.of(2L, "b", 4L, "d"));

        overwrite(WRITTEN, staged(row(5, "e"), row(7, "g")));
        overwrite(WRITTEN, staged(row(5, "E")));

        assertThat(target.rows()).isEqualTo(Map.of(2L, "b", 4L, "d", 5L, "E"));
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void keyThatMovesIntoAnOverwrittenPartitionLeavesItsOld() throws Exception {
        use(Map.of(), List.of("name"));
        commit(writer.flush(1, change(1, "a", 2, "b")));

        overwrite(WRITTEN, staged(row(1, "b")));

        assertThat(target.rows()).isEqualTo(Map.of(1L, "b"));
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void overwriteReplacesWhatOthersCommittedBefore() throws Exception {
        commit(writer.flush(1, change(1, "a")));
        List<StagedFile> staged = staged(row(2, "b"));
        target.foreignAppend(row(3, "c"));
        target.foreignCompaction();

        overwrite(Replaced.ALL, staged);

        assertThat(target.rows()).isEqualTo(Map.of(2L, "b"));
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void tableWithoutDeletionVectorsIsOverwritten() throws Exception {
        use(Map.of("delta.enableDeletionVectors", "false"), List.of());
        commit(writer.flush(1, change(1, "a", 2, "b", 3, "c")));

        overwrite(Replaced.ALL, staged(row(2, "b"), row(3, "C")));

        assertThat(target.rows()).isEqualTo(Map.of(2L, "b", 3L, "C"));
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void rowsAreUpdatedAndDeletedWhereTheyStand() throws Exception {
        commit(writer.flush(1, change(1, "a", 2, "b", 3, "c")));
        Map<String, byte[]> positions = positions(1, 2);
        target.foreignDelete(3);

        rowLevel("UPDATE", 1, positions, staged(row(1, "A"), row(2, "b")));
        rowLevel("DELETE", 3, positions(2), staged());

        assertThat(target.rows()).isEqualTo(Map.of(1L, "A"));
        assertThat(target.feed(3)).containsExactly("update_postimage 1 A", "update_preimage 1 a");
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void updateWithoutAKeyIsADifferenceOfMultisets() throws Exception {
        use(NO_KEY, List.of());
        commit(writer.flush(1, change(1, "a", 2, "b")));

        rowLevel("UPDATE", 1, positions(1, 2), staged(row(1, "A"), row(2, "b")));

        assertThat(target.feed(2)).containsExactly("delete 1 a", "insert 1 A");
        assertThat(target.rows()).isEqualTo(Map.of(1L, "A", 2L, "b"));
    }

    @Test
    void rowsThatOthersHaveChangedOrMovedAreRefused() throws Exception {
        commit(writer.flush(1, change(1, "a", 2, "b")));
        Map<String, byte[]> positions = positions(1);
        target.foreignDelete(1);

        assertThatThrownBy(() -> rowLevel("UPDATE", 1, positions, staged(row(1, "A"))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(
                        "cannot commit the UPDATE at version 2: others have changed or moved rows that it read at version 1. Run the statement again.");

        Map<String, byte[]> moved = positions(2);
        target.foreignCompaction();
        assertThatThrownBy(() -> rowLevel("DELETE", 2, moved, staged()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("cannot commit the DELETE at version 3");
    }

    @Test
    void appendOnlyTablesAreNotOverwritten() throws Exception {
        Map<String, String> properties = new HashMap<>(NO_KEY);
        properties.put("delta.appendOnly", "true");
        use(properties, List.of());
        commit(writer.flush(1, change(1, "a")));

        assertThatThrownBy(() -> overwrite(Replaced.ALL, staged()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("append-only");
    }

    private void use(Map<String, String> properties, List<String> partitions) {
        target = new TestTarget(folder, properties, partitions);
        committer = target.committer();
        writer = new ModelWriter(target, 0);
    }

    private List<StagedFile> staged(org.apache.flink.table.data.RowData... rows) throws Exception {
        return target.stage(rows);
    }

    private Map<String, byte[]> positions(long... ids) throws Exception {
        Map<String, RowPositions> positions = new HashMap<>();
        for (long id : ids) {
            TestTarget.Place place = target.places().get(id);
            positions.computeIfAbsent(place.path(), p -> new RowPositions()).add(place.position());
        }
        Map<String, byte[]> bytes = new HashMap<>();
        positions.forEach((path, of) -> bytes.put(path, of.toBytes()));
        return bytes;
    }

    private CommitOutcome overwrite(Replaced replaced, List<StagedFile> staged) throws Exception {
        return statement(new Overwrite(replaced), -1, true, Map.of(), staged);
    }

    private void rowLevel(
            String name, long version, Map<String, byte[]> positions, List<StagedFile> staged)
            throws Exception {
        statement(new RowLevel(name), version, false, positions, staged);
    }

    private CommitOutcome statement(
            CommitKind kind,
            long version,
            boolean rebuild,
            Map<String, byte[]> deletions,
            List<StagedFile> staged)
            throws Exception {
        DeltaCommitter statement = target.committer(kind);
        WriteResult result =
                new WriteResult(1, 0, version, staged, List.of(), deletions, ChangeCounts.NONE);
        long number = statement.lastCounter().orElse(0) + 1;
        return statement.commit(builder(result).build(number, "s" + number, 1, rebuild, Map.of()));
    }
}
