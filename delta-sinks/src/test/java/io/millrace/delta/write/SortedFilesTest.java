package io.millrace.delta.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.parquet.DeltaFileReader;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.RowSelection;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.TransactionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows stand in files in the order that the spec names. */
class SortedFilesTest {

    private static final RowType TYPE =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                                    DataTypes.FIELD("name", DataTypes.STRING()),
                                    DataTypes.FIELD("n", DataTypes.DOUBLE()),
                                    DataTypes.FIELD("p", DataTypes.INT()),
                                    DataTypes.FIELD("list", DataTypes.ARRAY(DataTypes.INT())))
                            .notNull()
                            .getLogicalType();
    private static final int ROWS = 3_000;

    @TempDir private Path folder;

    private WriteSpec spec(String... key) {
        return WriteSpec.of(folder.toString(), TYPE, List.of(key)).partitionedBy(List.of("p"));
    }

    @Test
    void ofATableWithAKey() throws IOException {
        write(spec("id").sortedBy("name, n DESC"));

        List<List<RowData>> files = files();
        assertThat(files).hasSize(2).allSatisfy(SortedFilesTest::assertSorted);
        assertThat(files.stream().mapToInt(List::size).sum()).isEqualTo(ROWS);
    }

    @Test
    void ofATableWithoutAKey() throws IOException {
        write(spec().sortedBy(" name ASC,n desc"));

        assertThat(files()).hasSize(2).allSatisfy(SortedFilesTest::assertSorted);
    }

    @Test
    void inBatchesOfWhatFitsIntoMemory() throws IOException {
        WriteSpec spec = spec().sortedBy("id");
        AppendedRows rows = new AppendedRows(spec.table(), spec, FileNaming.forSink("s"), 20_000);
        for (long id = ROWS; id > 0; id--) {
            rows.add(GenericRowData.of(id, null, null, 1, null));
        }
        String path = rows.flush(1, 0).files().get(0).path();

        List<Long> ids = new ArrayList<>();
        try (DeltaFileReader file =
                DeltaFileReader.open(
                        spec.table(),
                        created(spec),
                        new FileToRead(path, FileToRead.UNKNOWN_SIZE, Map.of("p", "1")),
                        List.of("id"),
                        RowSelection.all())) {
            while (file.hasNext()) {
                ids.add(file.next().row().getLong(0));
            }
        }
        assertThat(ids).hasSize(ROWS);
        long steps = 0;
        for (int i = 1; i < ids.size(); i++) {
            steps += ids.get(i) < ids.get(i - 1) ? 1 : 0;
        }
        assertThat(steps).as("batches - 1").isBetween(2L, 50L);
    }

    @Test
    void whatCannotBeSortedByIsRefusedByName() {
        assertThatThrownBy(() -> spec().sortedBy("nobody"))
                .hasMessageContaining("there is no column nobody to sort by; the rows have [id,");
        assertThatThrownBy(() -> spec().sortedBy("id, list DESC"))
                .hasMessageContaining("rows cannot be sorted by column list, which is ARRAY<INT>");
        assertThatThrownBy(() -> spec().sortedBy("p"))
                .hasMessageContaining("column p, which rows are to be sorted by, is a partition");
        assertThatThrownBy(() -> spec().sortedBy("id,"))
                .hasMessageContaining("sort column '' is not COLUMN, COLUMN ASC or COLUMN DESC");
    }

    private static io.millrace.delta.table.TableMetadata created(WriteSpec spec) {
        return new io.millrace.delta.table.TableMetadata(
                "", spec.definition().schema(), spec.partitionColumns(), spec.properties());
    }

    private static void write(WriteSpec spec) throws IOException {
        Random random = new Random(5);
        try (TableWrite write = TableWrite.open(spec.table(), spec)) {
            for (long id = 0; id < ROWS; id++) {
                String name = random.nextInt(20) == 0 ? null : "n" + random.nextInt(50);
                Double n = random.nextInt(20) == 0 ? null : random.nextInt(100) / 4.0;
                write.upsert(
                        GenericRowData.of(
                                id, StringData.fromString(name), n, random.nextInt(2), null));
            }
            write.commit(new TransactionId("test", 1), Map.of());
        }
    }

    private static void assertSorted(List<RowData> rows) {
        Comparator<RowData> name =
                Comparator.comparing(
                        row -> row.isNullAt(0) ? null : row.getString(0).toString(),
                        Comparator.nullsFirst(Comparator.<String>naturalOrder()));
        Comparator<RowData> n =
                Comparator.comparing(
                        row -> row.isNullAt(1) ? null : row.getDouble(1),
                        Comparator.nullsLast(Comparator.<Double>reverseOrder()));
        assertThat(rows).isSortedAccordingTo(name.thenComparing(n));
    }

    private List<List<RowData>> files() throws IOException {
        DeltaTable table = DeltaTable.at(folder.toString());
        List<List<RowData>> all = new ArrayList<>();
        try (CloseableIterator<DataFile> files = table.snapshot().files()) {
            while (files.hasNext()) {
                List<RowData> rows = new ArrayList<>();
                try (DeltaFileReader reader =
                        DeltaFileReader.open(
                                table,
                                table.snapshot().metadata(),
                                FileToRead.of(files.next()),
                                List.of("name", "n"),
                                RowSelection.all())) {
                    while (reader.hasNext()) {
                        RowData row = reader.next().row();
                        rows.add(
                                GenericRowData.of(
                                        row.isNullAt(0) ? null : row.getString(0),
                                        row.isNullAt(1) ? null : row.getDouble(1)));
                    }
                }
                all.add(rows);
            }
        }
        return all;
    }
}
