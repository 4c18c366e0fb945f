package io.millrace.functions.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

/** Spans against sets of bytes. */
class SpanPropertiesTest {

    private static final RowType SPAN =
            RowType.of(
                    new LogicalType[] {new BigIntType(), new BigIntType(), new BooleanType()},
                    new String[] {"bstart", "bend", "end_exclusive"});

    private final SpanFields fields = new SpanFields(SPAN);
    private final SpanOverlaps overlaps = new SpanOverlaps(fields, fields);
    private final SpanContains contains = new SpanContains(fields, fields);

    private record Span(long start, long end, Boolean exclusive) {

        RowData row() {
            return GenericRowData.of(start, end, exclusive);
        }

        BitSet bytes() {
            BitSet bytes = new BitSet();
            bytes.set((int) start, (int) (exclusive == null || exclusive ? end : end + 1));
            return bytes;
        }
    }

    @Test
    void spans_that_are_not_empty_are_their_bytes() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            Span a = span(random);
            Span b = span(random);
            BitSet all = a.bytes();
            BitSet missing = b.bytes();
            missing.andNot(all);
            assertThat(overlaps.eval(a.row(), b.row()))
                    .as("%s overlaps %s", a, b)
                    .isEqualTo(all.intersects(b.bytes()))
                    .isEqualTo(overlaps.eval(b.row(), a.row()));
            assertThat(contains.eval(a.row(), b.row()))
                    .as("%s contains %s", a, b)
                    .isEqualTo(missing.isEmpty());
        }
    }

    private static Span span(Random random) {
        long start = random.nextInt(12);
        Boolean exclusive =
                List.of(0, 1, 2).get(random.nextInt(3)) == 0 ? null : random.nextBoolean();
        boolean inclusive = exclusive != null && !exclusive;
        return new Span(start, start + random.nextInt(6) + (inclusive ? 0 : 1), exclusive);
    }
}
