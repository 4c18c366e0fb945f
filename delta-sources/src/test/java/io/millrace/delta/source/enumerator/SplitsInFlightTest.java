package io.millrace.delta.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.parquet.ByteRange;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.source.Delivery;
import io.millrace.delta.source.changes.FileChange.ChangeRows;
import io.millrace.delta.source.split.DeltaSplit;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SplitsInFlightTest {

    private final SplitsInFlight splits = new SplitsInFlight(100);

    @Test
    void laterVersionsWaitWhereTooMuchWasHandedOutAheadOfTheOldest() {
        splits.started(0, split(5, 1000));
        assertThat(splits.allows(split(6, 60))).isTrue();
        splits.started(1, split(6, 60));
        splits.ended(1);
        assertThat(splits.allows(split(7, 60))).isTrue();
        splits.started(1, split(7, 60));
        splits.ended(1);

        assertThat(splits.allows(split(8, 1))).isFalse();
        assertThat(splits.allows(split(5, 1000))).isTrue();
    }

    @Test
    void theyGoOnWhenTheOldestIsRead() {
        splits.started(0, split(5, 1000));
        splits.started(1, split(6, 500));
        splits.ended(1);
        assertThat(splits.allows(split(7, 1))).isFalse();

        splits.ended(0);
        assertThat(splits.allows(split(7, 1))).isTrue();
    }

    @Test
    void splitsOfTheOldestVersionNeverWait() {
        splits.started(0, split(5, 1000));
        splits.started(1, split(6, 500));

        assertThat(splits.allows(split(4, 1))).isTrue();
        assertThat(splits.allows(split(5, 1))).isTrue();
        assertThat(splits.allows(split(6, 1))).isFalse();
    }

    @Test
    void aVersionThatGoesThroughWaitsForItsTurn() {
        splits.started(0, split(5, 1));
        assertThat(splits.allows(streamed(6))).isFalse();
        assertThat(splits.allows(streamed(5))).isTrue();

        splits.ended(0);
        assertThat(splits.allows(streamed(6))).isTrue();
        splits.started(1, streamed(6));
        assertThat(splits.allows(streamed(6))).isTrue();
        assertThat(splits.allows(split(7, 1))).isTrue();
    }

    private static DeltaSplit streamed(long version) {
        FileToRead file = new FileToRead("f", 1, Map.of());
        ChangeRows rows = new ChangeRows(file);
        return new DeltaSplit(version, 0, 0, 0, rows, ByteRange.ALL, 0, Delivery.STREAMED);
    }

    private static DeltaSplit split(long version, long size) {
        FileToRead file = new FileToRead("f", size, Map.of());
        return new DeltaSplit(version, 0, 0, 0, new ChangeRows(file), 0);
    }
}
