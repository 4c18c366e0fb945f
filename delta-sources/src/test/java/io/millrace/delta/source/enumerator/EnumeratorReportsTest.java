package io.millrace.delta.source.enumerator;

import static io.millrace.delta.source.enumerator.ScriptedPlanner.split;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.source.HoldingRules;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.source.split.EnumeratorState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.source.SourceEvent;
import org.junit.jupiter.api.Test;

/** Readers that would read again after a failure, and what the enumerator tells them. */
class EnumeratorReportsTest {

    private static final HoldingRules REPLAY = new HoldingRules(HoldingRules.NEVER, true);

    private final ManualContext context = new ManualContext(2);
    private final ScriptedPlanner table = new ScriptedPlanner(1).version(1).version(1);

    @Test
    void readersAreToldWhatEveryReaderHadDeclaredAtACompleteCheckpoint() {
        DeltaEnumerator enumerator = started(false);
        enumerator.snapshotState(1);
        enumerator.handleSourceEvent(0, new ReaderWatermark(1, 5));
        enumerator.handleSourceEvent(1, new ReaderWatermark(1, 3));
        enumerator.notifyCheckpointComplete(1);
        assertThat(released(0)).as("a last savepoint takes no events after it").isEmpty();

        enumerator.snapshotState(2);
        assertThat(released(0)).containsExactly(new ReleasedVersion(3));
        assertThat(released(1)).containsExactly(new ReleasedVersion(3));

        enumerator.snapshotState(3);
        assertThat(released(0)).as("told once").hasSize(1);
    }

    @Test
    void aCheckpointThatWasNotReportedByAllTellsNothing() {
        DeltaEnumerator enumerator = started(false);
        enumerator.handleSourceEvent(0, new ReaderWatermark(1, 5));
        enumerator.notifyCheckpointComplete(1);
        enumerator.handleSourceEvent(0, new ReaderWatermark(2, 6));
        enumerator.handleSourceEvent(1, new ReaderWatermark(2, 6));
        enumerator.snapshotState(3);
        assertThat(released(0)).as("checkpoint 2 is not complete").isEmpty();
    }

    @Test
    void aReaderThatStartsAnewIsToldAgain() {
        DeltaEnumerator enumerator = started(false);
        enumerator.handleSourceEvent(0, new ReaderWatermark(1, 5));
        enumerator.handleSourceEvent(1, new ReaderWatermark(1, 5));
        enumerator.notifyCheckpointComplete(1);
        enumerator.snapshotState(2);
        enumerator.addReader(1);
        enumerator.snapshotState(3);
        assertThat(released(1)).containsExactly(new ReleasedVersion(5), new ReleasedVersion(5));
    }

    @Test
    void noReaderEndsBeforeAllHaveDeclaredTheLastVersion() {
        DeltaEnumerator enumerator = started(true);
        enumerator.handleSplitRequest(0, "here");
        enumerator.handleSplitRequest(1, "here");
        enumerator.handleSplitRequest(0, "here");
        enumerator.handleSplitRequest(1, "here");
        context.look();
        assertThat(context.splitsOf(0)).containsExactly(split(0, 0));
        assertThat(context.events.get(0)).endsWith(new AssignedVersion(1, true));

        enumerator.handleSourceEvent(0, new ReaderThrough(1));
        assertThat(context.finished).isEmpty();
        enumerator.addReader(0);
        enumerator.handleSourceEvent(1, new ReaderThrough(1));
        assertThat(context.finished).as("reader 0 started anew").isEmpty();

        enumerator.handleSplitRequest(0, "here");
        enumerator.handleSourceEvent(0, new ReaderThrough(1));
        assertThat(context.finished).containsExactly(0, 1);
    }

    @Test
    void aReaderThatMayEndIsToldNothingMore() {
        DeltaEnumerator enumerator = started(true);
        for (int reader : List.of(0, 1, 0, 1)) {
            enumerator.handleSplitRequest(reader, "here");
        }
        context.look();
        enumerator.handleSourceEvent(0, new ReaderThrough(1));
        enumerator.handleSourceEvent(1, new ReaderThrough(1));
        assertThat(context.finished).containsExactly(0, 1);

        enumerator.handleSourceEvent(0, new ReaderWatermark(1, 1));
        enumerator.handleSourceEvent(1, new ReaderWatermark(1, 1));
        enumerator.notifyCheckpointComplete(1);
        enumerator.addReader(1);
        enumerator.snapshotState(2);
        assertThat(released(0)).as("its task may be gone").isEmpty();
        assertThat(released(1)).as("started anew").containsExactly(new ReleasedVersion(1));
    }

    private List<SourceEvent> released(int reader) {
        return context.events.getOrDefault(reader, List.of()).stream()
                .filter(event -> event instanceof ReleasedVersion)
                .toList();
    }

    private DeltaEnumerator started(boolean bounded) {
        SourceRun run =
                new SourceRun(SourceRun.NO_LAST_VERSION, bounded, Duration.ofMillis(1))
                        .holding(REPLAY);
        DeltaEnumerator enumerator =
                new DeltaEnumerator(
                        context, table, run, new EnumeratorState(Optional.empty(), List.of()));
        enumerator.start();
        context.look();
        for (int reader = 0; reader < 2; reader++) {
            context.register(reader);
            enumerator.addReader(reader);
        }
        return enumerator;
    }
}
