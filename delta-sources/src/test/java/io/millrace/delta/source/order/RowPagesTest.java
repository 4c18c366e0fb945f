package io.millrace.delta.source.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

class RowPagesTest {

    private static final int ROWS = 5_000;

    private final RowDataSerializer serializer =
            new RowDataSerializer(
                    RowType.of(new BigIntType(), new VarCharType(VarCharType.MAX_LENGTH)));

    private final RowPages pages = new RowPages();

    @Test
    void rowsComeOutAsTheyWereAddedWhateverTheirSize() {
        List<RowData> added = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            // One in a thousand is larger than a page may be.
            BinaryRowData row = row(i, i % 1000 == 7 ? 300_000 : i % 90, kind(i));
            added.add(row);
            pages.add(row);
        }

        List<RowData> there = new ArrayList<>();
        pages.forEach(2, row -> there.add(row.copy()));

        assertThat(pages.rows()).isEqualTo(ROWS);
        assertThat(there).isEqualTo(added);
        pages.clear();
        assertThat(pages.isEmpty()).isTrue();
        pages.forEach(2, row -> assertThat(row).isNull());
    }

    @Test
    void aRowMayLieAcrossPiecesOfMemory() {
        BinaryRowData whole = row(42, 100, RowKind.DELETE);
        int size = whole.getSizeInBytes();
        int half = size / 2 / Long.BYTES * Long.BYTES;
        MemorySegment first = MemorySegmentFactory.wrap(new byte[half]);
        MemorySegment second = MemorySegmentFactory.wrap(new byte[half + Long.BYTES * 8]);
        whole.getSegments()[0].copyTo(whole.getOffset(), first, 0, half);
        whole.getSegments()[0].copyTo(whole.getOffset() + half, second, 0, size - half);
        BinaryRowData cut = new BinaryRowData(2);
        cut.pointTo(new MemorySegment[] {first, second}, 0, size);

        pages.add(cut);

        pages.forEach(2, row -> assertThat(row).isEqualTo(whole));
    }

    @Test
    void whatIsWrittenIsWhatTheSerializerReads() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        for (int i = 0; i < ROWS; i++) {
            pages.add(row(i, i % 50, kind(i)));
        }

        pages.writeTo((bytes, length) -> out.write(bytes, 0, length));

        DataInputDeserializer in = new DataInputDeserializer(out.wrapAsByteBuffer());
        for (int i = 0; i < ROWS; i++) {
            assertThat(serializer.deserialize(in)).isEqualTo(row(i, i % 50, kind(i)));
        }
        assertThat(in.available()).isZero();
    }

    private static RowKind kind(int i) {
        return RowKind.fromByteValue((byte) (i % 4));
    }

    private BinaryRowData row(long id, int length, RowKind kind) {
        return serializer.toBinaryRow(
                GenericRowData.ofKind(kind, id, StringData.fromString("x".repeat(length))), true);
    }
}
