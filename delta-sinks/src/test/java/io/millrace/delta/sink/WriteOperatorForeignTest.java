package io.millrace.delta.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.RemovedFile;
import io.millrace.delta.table.TableSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Others change rows of our keys: the feed of our next commit starts from what is in the table, not
 * from what the input takes for the row before.
 */
class WriteOperatorForeignTest extends WriteOperatorTestBase {

    private int checkpoint;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rowsThatARestoreBroughtBack(boolean restart) throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(1);
            writers.process(insert(1, "a"));
            writers.process(insert(2, "x"));
            commit(writers);
            update(writers, 1, "a", "b");
            commit(writers);
            restore(1);
            goOn(writers, restart);
            update(writers, 1, "b", "c");
            commit(writers);

            assertThat(feed())
                    .containsExactlyInAnyOrder("update_preimage 1,a", "update_postimage 1,c");
            assertThat(rows()).containsExactlyInAnyOrder("1,c", "2,x");

            // Rows that nobody has changed since are no better known later, or by another attempt.
            goOn(writers, restart);
            update(writers, 2, "y", "z");
            commit(writers);
            assertThat(feed())
                    .containsExactlyInAnyOrder("update_preimage 2,x", "update_postimage 2,z");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rowsThatOthersWroteAndMovedThen(boolean restart) throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(1);
            writers.process(insert(1, "a"));
            writers.process(insert(2, "x"));
            commit(writers);
            commitElsewhere(insert(1, "theirs"));
            goOn(writers, false);
            compact();
            goOn(writers, restart);
            update(writers, 1, "a", "b");
            commit(writers);

            assertThat(feed())
                    .containsExactlyInAnyOrder("update_preimage 1,theirs", "update_postimage 1,b");
            assertThat(rows()).containsExactlyInAnyOrder("1,b", "2,x");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rowsThatOthersDeletedBesides(boolean restart) throws Exception {
        try (TestWriters writers = writers(false)) {
            writers.start(1);
            writers.process(insert(1, "a"));
            writers.process(insert(2, "x"));
            commit(writers);
            commitElsewhere(insert(2, "theirs"));
            goOn(writers, restart);
            writers.process(row(RowKind.DELETE, 2, "x"));
            update(writers, 1, "a", "b");
            commit(writers);

            assertThat(feed())
                    .containsExactlyInAnyOrder(
                            "update_preimage 1,a", "update_postimage 1,b", "delete 2,theirs");
        }
    }

    private void commit(TestWriters writers) throws Exception {
        writers.checkpoint(++checkpoint);
        writers.commit(checkpoint, false);
    }

    /** Lets the writers see what others did, in this attempt or in the next. */
    private void goOn(TestWriters writers, boolean restart) throws Exception {
        if (restart) {
            writers.restore(1, checkpoint);
        } else {
            writers.barrier(++checkpoint);
        }
    }

    /** As Spark's RESTORE does: what is not of the old version goes, what was is there again. */
    private void restore(long version) throws Exception {
        Map<String, DataFile> before = files(table.snapshot(version));
        Map<String, DataFile> now = files(table.snapshot());
        List<RemovedFile> removes = new ArrayList<>();
        List<DataFile> adds = new ArrayList<>();
        now.forEach(
                (path, file) -> {
                    if (!file.equals(before.get(path))) {
                        removes.add(file.toRemoved(1));
                    }
                });
        before.forEach(
                (path, file) -> {
                    if (!file.equals(now.get(path))) {
                        adds.add(file);
                    }
                });
        commitForeign(adds, removes);
    }

    /** As OPTIMIZE does: all rows into a new file, and no data changes. */
    private void compact() throws Exception {
        List<String> rows = rows();
        List<RemovedFile> removes = new ArrayList<>();
        for (DataFile file : files(table.snapshot()).values()) {
            RemovedFile all = file.toRemoved(1);
            removes.add(
                    new RemovedFile(
                            all.path(),
                            all.partitionValues(),
                            all.size(),
                            1,
                            false,
                            all.deletionVector()));
        }
        List<DataFile> adds = new ArrayList<>();
        for (DataFile file : elsewhere(rows)) {
            adds.add(
                    new DataFile(
                            file.path(),
                            file.partitionValues(),
                            file.size(),
                            file.modificationTime(),
                            false,
                            file.deletionVector(),
                            file.stats(),
                            file.tags()));
        }
        commitForeign(adds, removes);
    }

    private void commitForeign(List<DataFile> adds, List<RemovedFile> removes) throws Exception {
        table.commit(
                table.snapshot(),
                new CommitContent(
                        CommitOperation.WRITE,
                        Optional.empty(),
                        adds,
                        removes,
                        List.of(),
                        Map.of()));
    }

    private static Map<String, DataFile> files(TableSnapshot snapshot) throws Exception {
        Map<String, DataFile> files = new LinkedHashMap<>();
        try (CloseableIterator<DataFile> all = snapshot.files()) {
            all.forEachRemaining(file -> files.put(file.path(), file));
        }
        return files;
    }
}
