package io.millrace.delta.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.table.TableSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DeltaFileReaderTest {

    @Test
    void readsColumnsInTheOrderAskedFor() throws IOException {
        DeltaTable table = GoldenTables.open("data-reader-primitives");

        assertThat(GoldenTables.rows(table, "as_string", "as_int")).contains("(7, 7)");
        assertThat(GoldenTables.rows(table, "as_boolean")).contains("(true)", "(null)");
    }

    @Test
    void aFileIsItsDeletedAndItsLiveRows() throws IOException {
        DeltaTable table = GoldenTables.open("dv-partitioned-with-checkpoint");
        TableSnapshot snapshot = table.snapshot();
        int checked = 0;
        try (CloseableIterator<DataFile> files = snapshot.files()) {
            while (files.hasNext()) {
                DataFile file = files.next();
                if (file.deletionVector().isEmpty()) {
                    continue;
                }
                RowPositions gone = DeletionVectors.load(table, file.deletionVector().get());
                List<Long> deleted = positions(table, file, RowSelection.only(gone));
                List<Long> live = positions(table, file, new RowSelection.Except(gone));
                List<Long> all = positions(table, file, RowSelection.all());

                assertThat(deleted).hasSize((int) gone.cardinality()).allMatch(gone::contains);
                assertThat(live).noneMatch(gone::contains);
                assertThat(all)
                        .containsExactlyElementsOf(
                                LongStream.range(0, deleted.size() + live.size()).boxed().toList());
                checked++;
            }
        }
        assertThat(checked).isPositive();
    }

    @Test
    void continuesAtAPosition() throws IOException {
        DeltaTable table = GoldenTables.open("parquet-decimal-dictionaries-v2");
        try (CloseableIterator<DataFile> files = table.snapshot().files()) {
            DataFile file = files.next();
            List<Long> all = positions(table, file, RowSelection.all());
            List<Long> rest = positions(table, file, RowSelection.all().startingAt(4321));

            assertThat(rest).isEqualTo(all.subList(4321, all.size()));
        }
    }

    @Test
    void refusesAColumnThatTheTableHasNot() {
        DeltaTable table = GoldenTables.open("data-reader-primitives");

        assertThatThrownBy(() -> GoldenTables.rows(table, "as_int", "nope"))
                .hasMessageContaining("cannot read column nope")
                .hasMessageContaining("as_int");
    }

    private static List<Long> positions(DeltaTable table, DataFile file, RowSelection selection)
            throws IOException {
        List<String> columns = List.of(table.snapshot().metadata().schema().fieldNames().get(0));
        List<Long> positions = new ArrayList<>();
        try (DeltaFileReader reader =
                DeltaFileReader.open(
                        table,
                        table.snapshot().metadata(),
                        FileToRead.of(file),
                        columns,
                        selection)) {
            reader.forEachRemaining(r -> positions.add(r.position()));
        }
        return positions;
    }
}
