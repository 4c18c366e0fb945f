package io.millrace.delta.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.RowIds;
import io.millrace.delta.table.TransactionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a table with row tracking keep their ids for as long as they stay as they are. */
class RowTrackingTest {

    private static final RowType TYPE =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                                    DataTypes.FIELD("n", DataTypes.INT()))
                            .notNull()
                            .getLogicalType();

    @TempDir private Path folder;

    private WriteSpec spec(List<String> key) {
        return WriteSpec.of(folder.toString(), TYPE, key)
                .withProperty("delta.enableRowTracking", "true");
    }

    @Test
    void filesKeepTheirIdsWhenRowsOfThemAreDeletedAndNewOnesGetOthers() throws IOException {
        DeltaTable table = spec(List.of("id")).table();
        try (TableWrite write = TableWrite.open(table, spec(List.of("id")))) {
            for (long id = 0; id < 10; id++) {
                write.upsert(GenericRowData.of(id, 0));
            }
            write.commit(new TransactionId("test", 1), Map.of());
            assertThat(ids(table).values()).containsExactly(new RowIds(0, 1));

            for (int number = 2; number <= 4; number++) {
                write.upsert(GenericRowData.of((long) number, number));
                write.delete(GenericRowData.of(number + 4L, null));
                write.commit(new TransactionId("test", number), Map.of());
            }
        }

        assertThat(ids(table).values())
                .containsExactlyInAnyOrder(
                        new RowIds(0, 1), new RowIds(10, 2), new RowIds(11, 3), new RowIds(12, 4));
        assertThat(TestTables.rows(table, 4))
                .containsExactlyInAnyOrder("0,0", "1,0", "2,2", "3,3", "4,4", "5,0", "9,0");
    }

    @Test
    void withoutDeletionVectorsRowsAreOnlyAppended() throws IOException {
        WriteSpec keyed = spec(List.of("id")).withProperty(WriteSpec.DELETION_VECTORS, "false");
        assertThatThrownBy(() -> TableWrite.open(keyed.table(), keyed))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(
                        "delta.enableRowTracking is on and delta.enableDeletionVectors is not")
                .hasMessageEndingWith("write without a primary key.");
        DeltaTable table = DeltaTable.at(folder.resolve("appended").toString());
        WriteSpec appended =
                WriteSpec.of(table.location(), TYPE, List.of())
                        .withProperty("delta.enableRowTracking", "true")
                        .withProperty(WriteSpec.DELETION_VECTORS, "false");
        try (TableWrite write = TableWrite.open(table, appended)) {
            for (int number = 1; number <= 2; number++) {
                write.upsert(GenericRowData.of(1L, 0));
                write.upsert(GenericRowData.of(2L, 0));
                write.commit(new TransactionId("test", number), Map.of());
            }
        }

        assertThat(ids(table).values())
                .containsExactlyInAnyOrder(new RowIds(0, 1), new RowIds(2, 2));
    }

    private static Map<String, RowIds> ids(DeltaTable table) throws IOException {
        Map<String, RowIds> ids = new TreeMap<>();
        try (CloseableIterator<DataFile> files = table.snapshot().files()) {
            while (files.hasNext()) {
                DataFile file = files.next();
                ids.put(file.path(), file.rowIds().orElseThrow());
            }
        }
        return ids;
    }
}
