package io.millrace.delta.source.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.source.StartingPosition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketSelectorTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 128, 1000})
    void givesEachKeyGroupOneBucket(int maxParallelism) {
        List<Integer> buckets = BucketSelector.buckets(maxParallelism);

        assertThat(
                        buckets.stream()
                                .map(
                                        b ->
                                                KeyGroupRangeAssignment.assignToKeyGroup(
                                                        b, maxParallelism)))
                .containsExactlyElementsOf(IntStream.range(0, maxParallelism).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void routesByKeyWhateverTheChangeIs(boolean keyed) {
        ReadSpec spec =
                new ReadSpec(
                        "orders",
                        "/tables/orders",
                        SequencerHarness.SPEC.rowType(),
                        keyed ? List.of("id") : List.of(),
                        new StartingPosition.Latest());
        BucketSelector selector = new BucketSelector(() -> spec, 128);
        Set<Integer> ofOneKey = new HashSet<>();
        Set<Integer> ofAll = new HashSet<>();
        for (long id = 0; id < 1000; id++) {
            ofOneKey.add(selector.getKey(row(RowKind.INSERT, 7, "name " + id, id, 1)));
            ofOneKey.add(selector.getKey(row(RowKind.DELETE, 7, "name " + id, id + 1, 0)));
            ofAll.add(selector.getKey(row(RowKind.INSERT, id, "same", id, 1)));
        }

        assertThat(ofOneKey.size()).isEqualTo(keyed ? 1 : 128);
        assertThat(ofAll).hasSize(128);
    }

    private static RowData row(RowKind kind, long id, String name, long version, int phase) {
        return GenericRowData.ofKind(
                kind, id, StringData.fromString(name), version, 1000 * version, (byte) phase);
    }
}
