package io.millrace.delta.source.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.source.Delivery;
import io.millrace.delta.source.SequencedRows;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldRowsTest {

    private static final int ROWS = 200_000;
    private static final int KEY_GROUPS = 16;
    private static final long BUDGET = 64 << 10;

    private final RowDataSerializer serializer =
            new RowDataSerializer(SequencerHarness.SPEC.sequencedType());

    @TempDir private Path folder;

    @Test
    void aVersionOfAnySizeNeedsNoMoreMemoryThanTheBudget() throws IOException {
        try (HeldRows held = held(BUDGET)) {
            long most = 0;
            for (int id = 0; id < ROWS; id++) {
                held.add(id % KEY_GROUPS, 7, 1 - id % 2, Delivery.KEPT, row(id));
                most = Math.max(most, held.bytesInMemory());
            }
            assertThat(most).isBetween(BUDGET / 2, BUDGET);
            assertThat(held.rows()).isEqualTo(ROWS);
            assertThat(held.bytes()).isGreaterThan(50L * ROWS);

            List<Long> ids = new ArrayList<>(ROWS);
            held.release(7, row -> ids.add(checked(row)));

            assertThat(ids.subList(0, ROWS / 2)).allMatch(id -> id % 2 == 1);
            assertThat(ids.subList(ROWS / 2, ROWS)).allMatch(id -> id % 2 == 0);
            assertThat(ids).doesNotHaveDuplicates().hasSize(ROWS);
            assertThat(held.rows()).isZero();
            assertThat(held.bytes()).isZero();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void filesGoWithTheirVersionAndAtTheEnd() throws IOException {
        try (HeldRows held = held(1000)) {
            for (int id = 0; id < 100; id++) {
                held.add(0, 1 + id % 2, 1, Delivery.KEPT, row(id));
            }
            assertThat(files()).hasSize(2);

            held.release(1, row -> {});

            assertThat(files()).hasSize(1);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void rowsWithoutKeyGroupFindTheirsForACheckpoint() throws IOException {
        try (HeldRows held = held(BUDGET)) {
            for (int id = 0; id < 100; id++) {
                held.add(7, 1, Delivery.KEPT, row(id));
            }
            held.add(3, 7, 1, Delivery.KEPT, row(100));

            HeldRows.Version version = held.forState().get(7L);

            for (int group = 0; group < KEY_GROUPS; group++) {
                int expected = group;
                assertThat(ids(version.inMemory(1, group)))
                        .isNotEmpty()
                        .filteredOn(id -> id < 100)
                        .allMatch(id -> id % KEY_GROUPS == expected);
            }
            assertThat(ids(version.inMemory(1, 3))).contains(100L);
            List<Long> ids = new ArrayList<>();
            held.release(7, row -> ids.add(row.getLong(0)));
            assertThat(ids).doesNotHaveDuplicates().hasSize(101);
        }
    }

    @Test
    void aVersionThatWasReleasedMayBeginAgain() throws IOException {
        try (HeldRows held = held(BUDGET)) {
            held.add(7, 1, Delivery.KEPT, row(1));
            held.release(7, row -> {});
            held.add(7, 1, Delivery.KEPT, row(2));

            List<Long> ids = new ArrayList<>();
            held.release(7, row -> ids.add(row.getLong(0)));

            assertThat(ids).containsExactly(2L);
        }
    }

    private List<Long> ids(RowPages rows) {
        List<Long> ids = new ArrayList<>();
        rows.forEach(serializer.getArity(), row -> ids.add(row.getLong(0)));
        return ids;
    }

    private HeldRows held(long budget) {
        return new HeldRows(serializer, row -> (int) row.getLong(0) % KEY_GROUPS, budget, folder);
    }

    private BinaryRowData row(long id) {
        GenericRowData row =
                GenericRowData.ofKind(
                        RowKind.INSERT,
                        id,
                        StringData.fromString("name " + id),
                        7L,
                        1L,
                        SequencedRows.PHASE_INSERT);
        return serializer.toBinaryRow(row, true);
    }

    private static long checked(RowData row) {
        long id = row.getLong(0);
        assertThat(row.getString(1)).hasToString("name " + id);
        return id;
    }

    private List<String> files() {
        String[] files = new File(folder.toString()).list();
        return files == null ? List.of() : List.of(files);
    }
}
