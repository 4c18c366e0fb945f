package io.millrace.delta.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.source.ScriptedTable;
import io.millrace.delta.source.ScriptedTable.Row;
import io.millrace.delta.source.SequencedRows;
import io.millrace.delta.source.StartingPosition;
import io.millrace.delta.source.changes.ChangeRules;
import io.millrace.delta.source.changes.FileChange;
import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.table.VersionActions;
import io.millrace.delta.types.DeltaTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random commits over few keys: each version's feed is what the commit did. */
class RandomHistoryTest {

    private static final String[] PARTS = {"x", "y", null};

    @TempDir private Path folder;

    private int nextId;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void feedsAreWhatCommitsDid(long seed) throws IOException {
        Random random = new Random(seed);
        ScriptedTable table = new ScriptedTable(folder.resolve("people"));
        for (int i = 0; i < 12; i++) {
            commit(table, random);
        }
        TableSplitOpener opener = new TableSplitOpener(table.spec(new StartingPosition.Latest()));
        try (CloseableIterator<VersionActions> commits = table.table().log().read(0)) {
            while (commits.hasNext()) {
                VersionActions commit = commits.next();
                assertThat(feed(commit, opener))
                        .as("seed %s, version %s", seed, commit.version())
                        .containsExactlyInAnyOrderElementsOf(
                                table.feed(commit.version()).stream()
                                        .map(change -> commit.version() + change)
                                        .toList());
            }
        }
    }

    private static List<String> feed(VersionActions commit, TableSplitOpener opener)
            throws IOException {
        RecordingOutput output = new RecordingOutput();
        List<FileChange> changes =
                new ChangeRules((path, version) -> Map.of()).changes(commit, true);
        for (int i = 0; i < changes.size(); i++) {
            DeltaSplit split =
                    new DeltaSplit(commit.version(), i, 0, commit.version(), changes.get(i), 0);
            try (SplitRows rows = opener.open(split)) {
                read(rows, output);
            }
        }
        return output.all;
    }

    private static void read(SplitRows rows, RecordingOutput output) throws IOException {
        int arity =
                DeltaTypes.toRowType(ScriptedTable.SCHEMA).getFieldCount()
                        + SequencedRows.EXTRA_COLUMNS;
        EncodedBatch batch = new EncodedBatch(arity);
        BinaryRowData row = new BinaryRowData(arity);
        while (!batch.last()) {
            batch.clear();
            rows.read(batch);
            for (int i = 0; i < batch.count(); i++) {
                batch.rows().point(row, i);
                output.collect(row);
            }
        }
    }

    private void commit(ScriptedTable table, Random random) {
        switch (random.nextInt(nextId == 0 ? 1 : 8)) {
            case 0, 1 -> table.insert(newRows(random));
            case 2 -> table.rename("n" + random.nextInt(100), ids(random));
            case 3 -> table.deleteByVector(ids(random));
            case 4 -> table.restoreByVector(ids(random));
            case 5 -> table.swapByVector(random.nextInt(nextId), random.nextInt(nextId));
            case 6 -> table.removeFilesOf((long) random.nextInt(nextId));
            default -> table.compact();
        }
    }

    private Row[] newRows(Random random) {
        Row[] rows = new Row[1 + random.nextInt(6)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new Row(nextId++, "new", PARTS[random.nextInt(PARTS.length)]);
        }
        return rows;
    }

    private Long[] ids(Random random) {
        List<Long> ids = new ArrayList<>();
        for (long id = 0; id < nextId; id++) {
            if (random.nextInt(3) == 0) {
                ids.add(id);
            }
        }
        return ids.toArray(Long[]::new);
    }
}
