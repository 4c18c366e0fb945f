package io.millrace.delta.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.parquet.ByteRange;
import io.millrace.delta.parquet.FileToRead;
import org.junit.jupiter.api.Test;

class SplitCutterTest {

    private static final long END = Long.MAX_VALUE;

    private final SplitCutter cutter = new SplitCutter(100);

    @Test
    void splitsShareAnIdSinceFlinkKeepsSomethingForEachId() {
        assertThat(ScriptedPlanner.split(1, 0).splitId())
                .isEqualTo(ScriptedPlanner.split(2, 1).splitId());
    }

    @Test
    void smallFilesStayWhole() {
        assertThat(cutter.cut(0)).containsExactly(ByteRange.ALL);
        assertThat(cutter.cut(100)).containsExactly(ByteRange.ALL);
        assertThat(cutter.cut(150)).containsExactly(ByteRange.ALL);
    }

    @Test
    void filesOfUnknownSizeStayWhole() {
        assertThat(cutter.cut(FileToRead.UNKNOWN_SIZE)).containsExactly(ByteRange.ALL);
    }

    @Test
    void largeFilesAreCutIntoRangesThatMeet() {
        assertThat(cutter.cut(151)).containsExactly(new ByteRange(0, 100), new ByteRange(100, END));
        assertThat(cutter.cut(300))
                .containsExactly(
                        new ByteRange(0, 100), new ByteRange(100, 200), new ByteRange(200, END));
    }

    @Test
    void hugeSplitsDoNotOverflow() {
        assertThat(new SplitCutter(Long.MAX_VALUE / 2).cut(Long.MAX_VALUE)).hasSize(2);
        assertThat(new SplitCutter(Long.MAX_VALUE).cut(Long.MAX_VALUE))
                .containsExactly(ByteRange.ALL);
    }
}
