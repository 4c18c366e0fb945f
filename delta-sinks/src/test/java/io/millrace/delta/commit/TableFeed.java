package io.millrace.delta.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.PositionedRow;
import io.millrace.delta.parquet.RowSelection;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.RemovedFile;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.table.VersionActions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The change feed of a target, read from its files or, without them, inferred from the log. */
final class TableFeed {

    private final TestTarget target;

    TableFeed(TestTarget target) {
        this.target = target;
    }

    /** The change rows of a version as text, sorted, for example {@code insert 1 a}. */
    List<String> changes(long version) throws IOException {
        List<String> feed = new ArrayList<>();
        VersionActions commit = target.table.log().at(version);
        if (!commit.changes().isEmpty()) {
            List<String> columns = new ArrayList<>(TestTarget.COLUMNS);
            columns.add(DeltaFileReader.CHANGE_TYPE);
            for (var file : commit.changes()) {
                target.read(
                        FileToRead.of(file),
                        columns,
                        RowSelection.all(),
                        r -> feed.add(change(r.row().getString(3).toString(), r)));
            }
        } else {
            inferred(commit, feed);
        }
        return feed.stream().sorted().toList();
    }

    private void inferred(VersionActions commit, List<String> feed) throws IOException {
        Map<String, RemovedFile> removed = new HashMap<>();
        commit.removes().stream()
                .filter(RemovedFile::dataChange)
                .forEach(r -> assertThat(removed.put(r.path(), r)).isNull());
        Set<String> added = new HashSet<>();
        for (DataFile add : commit.adds()) {
            assertThat(added.add(add.path())).isTrue();
            if (!add.dataChange()) {
                continue;
            }
            RowPositions after = target.deletedIn(add);
            RemovedFile before = removed.remove(add.path());
            if (before == null) {
                target.read(
                        FileToRead.of(add),
                        TestTarget.COLUMNS,
                        RowSelection.except(Optional.of(after)),
                        r -> feed.add(change("insert", r)));
            } else {
                RowPositions was = target.deletedIn(before);
                after.removeAll(was);
                target.read(
                        FileToRead.of(add),
                        TestTarget.COLUMNS,
                        RowSelection.only(after),
                        r -> feed.add(change("delete", r)));
            }
        }
        for (RemovedFile file : removed.values()) {
            target.read(
                    new FileToRead(
                            file.path(), file.size().orElse(-1), file.partitionValues().get()),
                    TestTarget.COLUMNS,
                    RowSelection.except(Optional.of(target.deletedIn(file))),
                    r -> feed.add(change("delete", r)));
        }
    }

    private static String change(String type, PositionedRow row) {
        return type + " " + row.row().getLong(0) + " " + row.row().getString(1);
    }

    /** At every version the feed is the difference to the version before, a key changing once. */
    void assertIsTheDifferenceOfVersions() throws IOException {
        Map<Long, String> before = Map.of();
        for (long version = 0; version <= target.table.snapshot().version(); version++) {
            Map<Long, String> after = target.rows(version);
            List<String> expected = new ArrayList<>();
            Set<Long> ids = new HashSet<>(before.keySet());
            ids.addAll(after.keySet());
            for (long id : ids) {
                String was = before.get(id);
                String is = after.get(id);
                if (was == null) {
                    expected.add("insert " + id + " " + is);
                } else if (is == null) {
                    expected.add("delete " + id + " " + was);
                } else if (!was.equals(is)) {
                    expected.add("update_preimage " + id + " " + was);
                    expected.add("update_postimage " + id + " " + is);
                }
            }
            assertThat(changes(version))
                    .as("feed of version %d", version)
                    .containsExactlyInAnyOrderElementsOf(expected);
            before = after;
        }
    }
}
