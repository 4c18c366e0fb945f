package io.millrace.delta.source.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.parquet.ByteRange;
import io.millrace.delta.source.ScriptedTable;
import io.millrace.delta.source.ScriptedTable.Row;
import io.millrace.delta.source.SequencedRows;
import io.millrace.delta.source.StartingPosition;
import io.millrace.delta.source.changes.ChangeRules;
import io.millrace.delta.source.changes.FileChange;
import io.millrace.delta.source.split.DeltaSplit;
import io.millrace.delta.table.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file with several row groups, as splits of byte ranges that meet. */
class RangedSplitsTest {

    private static final int ROWS = 2000;
    private static final int RANGES = 4;

    @TempDir private Path folder;

    private ScriptedTable table;
    private TableSplitOpener opener;

    @BeforeEach
    void oneFile() {
        Row[] rows = new Row[ROWS];
        for (int i = 0; i < ROWS; i++) {
            rows[i] = new Row(i, "name of " + i, "x");
        }
        table = new ScriptedTable(folder.resolve("people")).insert(rows).deleteByVector(5L, 1999L);
        opener = new TableSplitOpener(table.spec(new StartingPosition.Latest()));
    }

    @Test
    void togetherGiveEachRowOnce() throws IOException {
        List<Long> all = new ArrayList<>();
        int withRows = 0;
        for (DeltaSplit split : ranges(change(1))) {
            List<Long> ids = ids(split);
            withRows += ids.isEmpty() ? 0 : 1;
            all.addAll(ids);
        }

        assertThat(withRows).isGreaterThan(1);
        assertThat(all).containsExactlyElementsOf(LongStream.range(0, ROWS).boxed().toList());
    }

    @Test
    void continueAtAPositionOfTheFile() throws IOException {
        for (DeltaSplit split : ranges(change(1))) {
            List<Long> ids = ids(split);
            if (ids.size() > 10) {
                // Every row's id is its position.
                DeltaSplit rest = split.at(ids.get(9) + 1);
                assertThat(ids(rest)).isEqualTo(ids.subList(10, ids.size()));
            }
            assertThat(ids(split.at(ROWS))).isEmpty();
        }
    }

    @Test
    void shareTheDeletedPositionsOfTheirFile() throws IOException {
        List<Long> deleted = new ArrayList<>();
        for (DeltaSplit split : ranges(change(2))) {
            deleted.addAll(ids(split));
        }

        assertThat(deleted).containsExactly(5L, 1999L);
    }

    @Test
    void areReadWithTheirOwnVersionsColumnsWhereTheSchemaVersionWasCleanedUp() throws IOException {
        FileChange deletes = change(2);
        table.checkpoint(2);
        for (int version = 0; version < 2; version++) {
            Files.delete(folder.resolve("people/_delta_log/%020d.json".formatted(version)));
        }

        assertThat(ids(new DeltaSplit(2, 0, 0, 1, deletes, 0))).containsExactly(5L, 1999L);
        assertThatThrownBy(() -> ids(new DeltaSplit(1, 0, 0, 0, deletes, 0)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("cannot open version 1: the versions that can be read are 2");
    }

    private FileChange change(long version) {
        return new ChangeRules((path, v) -> Map.of())
                .changes(table.table().log().at(version), true)
                .get(0);
    }

    private static List<DeltaSplit> ranges(FileChange change) {
        long size = change.file().size();
        List<DeltaSplit> splits = new ArrayList<>();
        for (int i = 0; i < RANGES; i++) {
            long end = i == RANGES - 1 ? Long.MAX_VALUE : size * (i + 1) / RANGES;
            ByteRange range = new ByteRange(size * i / RANGES, end);
            splits.add(new DeltaSplit(1, i, 0, 1, change, range, 0));
        }
        return splits;
    }

    private List<Long> ids(DeltaSplit split) throws IOException {
        List<Long> ids = new ArrayList<>();
        EncodedBatch batch = new EncodedBatch(3 + SequencedRows.EXTRA_COLUMNS);
        BinaryRowData row = new BinaryRowData(3 + SequencedRows.EXTRA_COLUMNS);
        try (SplitRows rows = opener.open(split)) {
            while (!batch.last()) {
                batch.clear();
                rows.read(batch);
                for (int i = 0; i < batch.count(); i++) {
                    batch.rows().point(row, i);
                    ids.add(row.getLong(0));
                    assertThat(batch.nextPosition(i)).isEqualTo(row.getLong(0) + 1);
                }
            }
        }
        return ids;
    }
}
