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
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeltaFileReaderGoldenTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    data-reader-primitives | 11 | (2, 2, 2, 2, true, 2.0, 2.0, 2, x[2, 2], 2)
                    data-reader-map | 10 | (1, {1=1}, {1=1}, {1=false}, {1.0=1.0}, {1=1}, {1=[(1), (1), (1)]})
                    data-reader-nested-struct | 10 | ((3, 3, (3, 3)), 3)
                    data-reader-array-primitives | 10 | ([3], [3], [3], [3], [false], [3.0], [3.0], [3], [x[3, 3]], [3])
                    data-reader-timestamp_ntz | 9 | (3, 2021-11-18T02:30:00.123456, 2013-07-05T17:01:00.123456)
                    data-reader-timestamp_ntz-id-mode | 9 | (2, null, 2021-11-18T02:30:00.123456)
                    data-reader-timestamp_ntz-name-mode | 9 | (2, null, 2021-11-18T02:30:00.123456)
                    data-reader-partition-values | 3 | (1, 1, 1, 1, false, 1.0, 1.0, 1, null, 18878, 2021-09-08T11:11:11, 1, [(1), (1), (1)], (1, 1, (1, 1)), 1)
                    data-reader-escaped-chars | 3 | (foo3, bar+%23)
                    kernel-timestamp-INT96 | 5 | (0, 2020-01-01T08:09:10.001, 2020-02-01T08:09:10)
                    kernel-timestamp-TIMESTAMP_MILLIS | 5 | (4, null, null)
                    kernel-timestamp-partition-col-ISO8601 | 2 | (2024-01-02 12:30:00, 2024-01-02T12:30)
                    basic-decimal-table | 4 | (234.00000, 1.00, 2.00000, 3.0000000000)
                    type-widening-nested | 2 | ((1), {2=3}, [4, 5])
                    parquet-all-types | 200 | (null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)
                    time-travel-schema-changes-b | 20 | (10, 10)
                    table-with-columnmapping-mode-id | 6 | (1, 1, 1, 1, 1.0, 1.0, 1.00, false, 1, x[49], 18949, 1970-01-01T00:00:00.001, (1, (1)), [1, 2], [[1, 2], [3, 4]], [{1=[2, 3], 2=[4, 5]}], [(1), (1)], ([1, 2], {[1, 2]=(3)}), {1=2, 3=4}, {2=(20)}, {1=[1, null, 2], 2=[]}, {1={1=1}, 2={3=1}})
                    """)
    void readsWhatOtherWritersWrote(String name, int count, String row) throws IOException {
        assertThat(GoldenTables.rows(GoldenTables.open(name))).hasSize(count).contains(row);
    }

    @ParameterizedTest
    @CsvSource({"dv-with-columnmapping", "dv-partitioned-with-checkpoint"})
    void leavesOutDeletedRows(String name) throws IOException {
        List<String> live =
                IntStream.range(0, 50)
                        .filter(i -> i % 2 == 1 || i >= 30)
                        .mapToObj(i -> "(" + i % 10 + ", " + i + ", foo" + i % 5 + ")")
                        .toList();

        assertThat(GoldenTables.rows(GoldenTables.open(name)))
                .containsExactlyInAnyOrderElementsOf(live);
    }

    @ParameterizedTest
    @CsvSource({"table-with-columnmapping-mode-name", "table-with-columnmapping-mode-id"})
    void readsMappedColumnsLikeUnmappedOnes(String name) throws IOException {
        assertThat(GoldenTables.rows(GoldenTables.open(name)))
                .containsExactlyInAnyOrderElementsOf(
                        GoldenTables.rows(GoldenTables.open("table-with-icebegCompatV2Enabled")));
    }

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
