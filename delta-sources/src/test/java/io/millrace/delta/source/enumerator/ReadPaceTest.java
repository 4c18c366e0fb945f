package io.millrace.delta.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.source.ReadLimits;
import io.millrace.delta.source.changes.FileChange.ChangeRows;
import io.millrace.delta.source.split.DeltaSplit;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadPaceTest {

    private long nanos;

    @Test
    void aSecondsFilesMayComeAtOnceAndThenOneByOne() {
        ReadPace pace = new ReadPace(new ReadLimits(4, ReadLimits.UNLIMITED), () -> nanos);

        assertThat(take(pace, 10, 1)).isEqualTo(4);
        advance(250);
        assertThat(take(pace, 10, 1)).isEqualTo(1);
        advance(60_000);
        assertThat(take(pace, 10, 1)).isEqualTo(4);
    }

    @Test
    void aLargeFileIsTakenWholeAndPaidForByWaiting() {
        ReadPace pace = new ReadPace(new ReadLimits(ReadLimits.UNLIMITED, 1000), () -> nanos);

        assertThat(take(pace, 10, 3000)).isEqualTo(1);
        advance(1900);
        assertThat(take(pace, 10, 3000)).isZero();
        advance(200);
        assertThat(take(pace, 10, 3000)).isEqualTo(1);
    }

    @Test
    void withoutLimitsEverythingIsAllowed() {
        ReadPace pace = new ReadPace(ReadLimits.NONE, () -> nanos);

        assertThat(pace.isLimited()).isFalse();
        assertThat(take(pace, 1000, Long.MAX_VALUE / 10_000)).isEqualTo(1000);
    }

    private static int take(ReadPace pace, int wanted, long size) {
        int taken = 0;
        while (taken < wanted && pace.allows()) {
            FileToRead file = new FileToRead("f", size, Map.of());
            pace.took(new DeltaSplit(1, taken, 0, 0, new ChangeRows(file), 0));
            taken++;
        }
        return taken;
    }

    private void advance(long millis) {
        nanos += millis * 1_000_000;
    }
}
