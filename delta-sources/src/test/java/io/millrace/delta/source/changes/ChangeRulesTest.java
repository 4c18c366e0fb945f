package io.millrace.delta.source.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.source.changes.FileChange.AddedRows;
import io.millrace.delta.source.changes.FileChange.ChangeRows;
import io.millrace.delta.source.changes.FileChange.NewlyDeletedRows;
import io.millrace.delta.source.changes.FileChange.RemovedRows;
import io.millrace.delta.source.changes.FileChange.RestoredRows;
import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.table.CommitInfo;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.RemovedFile;
import io.millrace.delta.table.VersionActions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ChangeRulesTest {

    private static final Map<String, String> VALUES = Map.of("p", "1");
    private static final Optional<DeletionVector> NONE = Optional.empty();

    private final ChangeRules rules =
            new ChangeRules(
                    (path, version) -> Map.of("p", "looked up for " + path + " at " + version));

    @Test
    void addedFilesAreInsertsAndRemovedFilesAreDeletes() {
        assertThat(changes(List.of(add("a", NONE)), List.of(remove("b", vector(1)))))
                .containsExactly(
                        new RemovedRows(file("b"), vector(1)), new AddedRows(file("a"), NONE));
    }

    @Test
    void addedFilesKeepTheirDeletedRowsOut() {
        assertThat(changes(List.of(add("a", vector(1))), List.of()))
                .containsExactly(new AddedRows(file("a"), vector(1)));
    }

    @Test
    void changeFilesAloneCount() {
        VersionActions commit =
                commit(
                        List.of(add("a", NONE)),
                        List.of(remove("b", NONE)),
                        List.of(new ChangeFile("c", VALUES, 7)));

        assertThat(rules.changes(commit, true))
                .containsExactly(new ChangeRows(new FileToRead("c", 7, VALUES)));
    }

    @Test
    void filesThatChangeNoDataAreNotRead() {
        DataFile compacted = new DataFile("a", VALUES, 7, 0, false, NONE, NONE_TEXT, Map.of());
        RemovedFile small =
                new RemovedFile("b", Optional.of(VALUES), OptionalLong.of(7), 0, false, NONE);

        assertThat(changes(List.of(compacted), List.of(small))).isEmpty();
    }

    @Test
    void aNewDeletionVectorIsDeletes() {
        assertThat(changes(List.of(add("a", vector(1))), List.of(remove("a", NONE))))
                .containsExactly(new NewlyDeletedRows(file("a"), vector(1).get(), NONE));
    }

    @Test
    void aDroppedDeletionVectorIsInserts() {
        assertThat(changes(List.of(add("a", NONE)), List.of(remove("a", vector(1)))))
                .containsExactly(new RestoredRows(file("a"), vector(1).get(), NONE));
    }

    @Test
    void anotherDeletionVectorIsItsDifferenceBothWays() {
        assertThat(changes(List.of(add("a", vector(2))), List.of(remove("a", vector(1)))))
                .containsExactly(
                        new NewlyDeletedRows(file("a"), vector(2).get(), vector(1)),
                        new RestoredRows(file("a"), vector(1).get(), vector(2)));
    }

    @Test
    void theSameDeletionVectorIsNoChange() {
        assertThat(changes(List.of(add("a", vector(1))), List.of(remove("a", vector(1)))))
                .isEmpty();
    }

    @Test
    void partitionValuesThatARemovedFileLacksAreLookedUp() {
        RemovedFile bare =
                new RemovedFile("b", Optional.empty(), OptionalLong.empty(), 0, true, NONE);
        VersionActions commit = commit(List.of(), List.of(bare), List.of());

        assertThat(rules.changes(commit, true))
                .containsExactly(
                        new RemovedRows(
                                new FileToRead(
                                        "b",
                                        FileToRead.UNKNOWN_SIZE,
                                        Map.of("p", "looked up for b at 3")),
                                NONE));
        assertThat(rules.changes(commit, false))
                .containsExactly(
                        new RemovedRows(
                                new FileToRead("b", FileToRead.UNKNOWN_SIZE, Map.of()), NONE));
    }

    private static final Optional<String> NONE_TEXT = Optional.empty();

    private List<FileChange> changes(List<DataFile> adds, List<RemovedFile> removes) {
        return rules.changes(commit(adds, removes, List.of()), true);
    }

    private static VersionActions commit(
            List<DataFile> adds, List<RemovedFile> removes, List<ChangeFile> changes) {
        return new VersionActions(
                3,
                1000,
                adds,
                removes,
                changes,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                CommitInfo.NONE);
    }

    private static FileToRead file(String path) {
        return new FileToRead(path, 7, VALUES);
    }

    private static DataFile add(String path, Optional<DeletionVector> vector) {
        return new DataFile(path, VALUES, 7, 0, true, vector, NONE_TEXT, Map.of());
    }

    private static RemovedFile remove(String path, Optional<DeletionVector> vector) {
        return new RemovedFile(path, Optional.of(VALUES), OptionalLong.of(7), 0, true, vector);
    }

    private static Optional<DeletionVector> vector(int offset) {
        return Optional.of(new DeletionVector("u", "file", OptionalInt.of(offset), 10, 2));
    }
}
