package io.millrace.delta.source.enumerator;

import static io.millrace.delta.source.enumerator.ScriptedPlanner.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.source.ReadLimits;
import io.millrace.delta.source.SourceRun;
import io.millrace.delta.source.split.EnumeratorState;
import io.millrace.delta.source.split.FeedProgress;
import io.millrace.delta.table.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeltaEnumeratorTest {

    private static final EnumeratorState NEW = new EnumeratorState(Optional.empty(), List.of());

    private final ManualContext context = new ManualContext(2);
    private ScriptedPlanner table = new ScriptedPlanner(Long.MAX_VALUE);

    @Test
    void handsOutVersionsInOrderToReadersThatAsk() {
        table.version(2).version(0).version(1);
        DeltaEnumerator enumerator = started(false);

        ask(enumerator, 0);
        ask(enumerator, 1);
        ask(enumerator, 1);
        ask(enumerator, 0);

        assertThat(context.splitsOf(0)).containsExactly(split(0, 0));
        assertThat(context.splitsOf(1)).containsExactly(split(0, 1), split(2, 0));
    }

    @Test
    void announcesWhatWasHandedOutAndNoMore() {
        table.version(2).version(0).version(1);
        DeltaEnumerator enumerator = started(false);
        assertThat(context.announcedTo(0)).containsExactly(-1L);

        ask(enumerator, 0);
        assertThat(context.announcedTo(0)).containsExactly(-1L);
        ask(enumerator, 1);
        assertThat(context.announcedTo(0)).containsExactly(-1L, 1L);
        ask(enumerator, 1);
        assertThat(context.announcedTo(0)).containsExactly(-1L, 1L, 2L);
        assertThat(context.announcedTo(1)).isEqualTo(context.announcedTo(0));
    }

    @Test
    void announcesVersionsWithoutFilesAtOnce() {
        table.version(0);
        DeltaEnumerator enumerator = started(false);
        ask(enumerator, 0);
        table.version(0).version(0);
        context.look();

        assertThat(context.announcedTo(0)).containsExactly(0L, 2L);
    }

    @Test
    void announcesNothingUntilAllReadersAreThere() {
        table.version(1);
        DeltaEnumerator enumerator = enumerator(NEW, false);
        enumerator.start();
        join(enumerator, 0);
        context.look();
        ask(enumerator, 0);
        assertThat(context.announcedTo(0)).isEmpty();

        join(enumerator, 1);
        assertThat(context.announcedTo(0)).containsExactly(0L);
        assertThat(context.announcedTo(1)).containsExactly(0L);
    }

    @Test
    void readersThatComeBackAreToldWhatIsTrueAfterTheirSplitsReturned() {
        table.version(1).version(1);
        DeltaEnumerator enumerator = started(false);
        ask(enumerator, 0);
        ask(enumerator, 1);
        assertThat(context.announcedTo(1)).endsWith(1L);

        context.unregister(0);
        context.unregister(1);
        enumerator.addSplitsBack(List.of(split(0, 0)), 0);
        join(enumerator, 0);
        assertThat(context.announcedTo(0)).endsWith(1L);
        join(enumerator, 1);

        assertThat(context.announcedTo(0)).endsWith(-1L);
        assertThat(context.announcedTo(1)).endsWith(-1L);
        ask(enumerator, 1);
        assertThat(context.splitsOf(1)).endsWith(split(0, 0));
        assertThat(context.announcedTo(0)).endsWith(1L);
    }

    @Test
    void aReaderThatFailedWhileWaitingGetsNothing() {
        table.version(0);
        DeltaEnumerator enumerator = started(false);
        ask(enumerator, 0);
        context.unregister(0);
        table.version(1);
        context.look();

        assertThat(context.splitsOf(0)).isEmpty();
    }

    @Test
    void newVersionsGoToReadersThatWait() {
        table.version(0);
        DeltaEnumerator enumerator = started(false);
        ask(enumerator, 0);
        table.version(1);
        context.look();

        assertThat(context.splitsOf(0)).containsExactly(split(1, 0));
    }

    @Test
    void fallsSilentAfterItsLastVersion() {
        table = new ScriptedPlanner(1).version(1).version(0).version(5);
        DeltaEnumerator enumerator = started(false);
        ask(enumerator, 0);
        ask(enumerator, 0);
        ask(enumerator, 1);
        context.look();

        assertThat(context.splitsOf(0)).containsExactly(split(0, 0));
        assertThat(context.announcedTo(0)).endsWith(1L);
        assertThat(context.finished).isEmpty();
    }

    @Test
    void readersEndOnlyAfterAllWereToldTheLastVersion() {
        table = new ScriptedPlanner(0).version(0);
        DeltaEnumerator enumerator = enumerator(NEW, true);
        enumerator.start();
        join(enumerator, 0);
        context.look();
        ask(enumerator, 0);
        assertThat(context.finished).isEmpty();

        join(enumerator, 1);
        ask(enumerator, 1);

        assertThat(context.announcedTo(0)).containsExactly(0L);
        assertThat(context.finished).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void aBoundedSourceEndsWhenAllIsHandedOut() {
        table = new ScriptedPlanner(0).version(1);
        DeltaEnumerator enumerator = started(true);
        ask(enumerator, 0);
        assertThat(context.finished).isEmpty();
        ask(enumerator, 1);
        ask(enumerator, 0);

        assertThat(context.finished).containsExactly(0, 1);
    }

    @Test
    void stateIsWhatWasNotHandedOut() {
        table.version(1).version(2);
        DeltaEnumerator enumerator = started(false);
        ask(enumerator, 0);
        EnumeratorState state = enumerator.snapshotState(1);

        assertThat(state.pending()).containsExactly(split(1, 0), split(1, 1));
        assertThat(state.progress()).map(FeedProgress::nextVersion).hasValue(2L);
    }

    @Test
    void continuesFromState() {
        table.version(1).version(1).version(1);
        FeedProgress progress = new FeedProgress("id", 2, FeedProgress.NO_SNAPSHOT, 0);
        DeltaEnumerator enumerator =
                enumerator(new EnumeratorState(Optional.of(progress), List.of(split(1, 0))), false);
        enumerator.start();
        join(enumerator, 0);
        join(enumerator, 1);
        assertThat(context.announcedTo(0)).endsWith(0L);
        context.look();
        ask(enumerator, 0);
        ask(enumerator, 0);

        assertThat(context.splitsOf(0)).containsExactly(split(1, 0), split(2, 0));
        assertThat(context.announcedTo(0)).endsWith(2L);
    }

    @Test
    void aCheckpointBeforeTheFirstLookStartsAnew() {
        table.version(1);
        DeltaEnumerator enumerator = enumerator(NEW, false);
        enumerator.start();

        assertThat(enumerator.snapshotState(1)).isEqualTo(NEW);
    }

    @Test
    void aVersionThatCannotBeReadFailsTheJobAfterCheckpointsOfAllBefore() {
        RefusedException refused = new RefusedException("column gone");
        table.version(1);
        DeltaEnumerator enumerator = started(false);
        table.version(1).refuseNext(refused);
        context.look();
        ask(enumerator, 0);
        ask(enumerator, 1);
        complete(enumerator, 1);
        ask(enumerator, 0);
        complete(enumerator, 2);
        ask(enumerator, 1);
        enumerator.snapshotState(3);
        assertThatCode(() -> enumerator.notifyCheckpointComplete(3)).doesNotThrowAnyException();
        enumerator.snapshotState(4);

        assertThatThrownBy(() -> enumerator.notifyCheckpointComplete(4)).isSameAs(refused);
        assertThat(context.announcedTo(0)).endsWith(1L);
    }

    @Test
    void aVersionThatCannotBeReadFailsAJobWithoutCheckpointsWhenAllBeforeAreRead() {
        RefusedException refused = new RefusedException("column gone");
        table.version(1);
        DeltaEnumerator enumerator =
                started(SourceRun.following(Duration.ofMillis(1)).withoutCheckpoints());
        table.refuseNext(refused);
        ask(enumerator, 0);
        ask(enumerator, 1);
        context.look();
        context.look();
        ask(enumerator, 0);
        context.look();

        assertThatThrownBy(context::look).isSameAs(refused);
        assertThat(context.announcedTo(0)).endsWith(0L);
    }

    @Test
    void aBacklogIsTurnedIntoSplitsAsReadersAskForThem() {
        int versions = 20 * DeltaEnumerator.MAX_PENDING;
        table.versionsPerLook(100);
        for (int i = 0; i < versions; i++) {
            table.version(1);
        }
        DeltaEnumerator enumerator = started(false);
        int most = 0;
        for (int i = 0; i < versions; i++) {
            ask(enumerator, i % 2);
            context.look();
            most = Math.max(most, enumerator.snapshotState(i).pending().size());
        }

        assertThat(context.splitsOf(0).size() + context.splitsOf(1).size()).isEqualTo(versions);
        assertThat(most).isLessThanOrEqualTo(DeltaEnumerator.MAX_PENDING + 100);
    }

    @Test
    void metricsSayHowFarTheSourceIs() {
        table.version(1).version(1).version(1);
        DeltaEnumerator enumerator = started(false);

        assertThat(context.metric("currentVersion")).isEqualTo(-1);
        assertThat(context.metric("lagVersions")).isEqualTo(3);
        assertThat(context.metric("lagMilliseconds")).isGreaterThan(1_000_000_000_000L);
        assertThat(context.metric("unassignedSplits")).isEqualTo(3);
        assertThat(context.metric("filesSkipped")).isEqualTo(7);

        ask(enumerator, 0);
        assertThat(context.metric("currentVersion")).isZero();
        assertThat(context.metric("lagVersions")).isEqualTo(2);

        ask(enumerator, 0);
        ask(enumerator, 0);
        assertThat(context.metric("lagVersions")).isZero();
        assertThat(context.metric("lagMilliseconds")).isZero();
    }

    @Test
    void aLimitedSourceHandsOutNoMoreThanItsLimit() {
        table.version(1).version(1).version(1);
        DeltaEnumerator enumerator =
                started(
                        SourceRun.following(Duration.ofMillis(1))
                                .limitedTo(new ReadLimits(2, ReadLimits.UNLIMITED)));

        ask(enumerator, 0);
        ask(enumerator, 0);
        ask(enumerator, 0);

        assertThat(context.splitsOf(0)).hasSize(2);
        assertThat(context.announcedTo(0)).endsWith(1L);
    }

    @Test
    void whatALookFailsWithFailsTheJob() {
        DeltaEnumerator enumerator = enumerator(NEW, false);
        enumerator.start();

        assertThatThrownBy(context::look).hasMessage("no version");
    }

    private void complete(DeltaEnumerator enumerator, long checkpoint) {
        enumerator.snapshotState(checkpoint);
        enumerator.notifyCheckpointComplete(checkpoint);
    }

    private DeltaEnumerator enumerator(EnumeratorState state, boolean bounded) {
        return new DeltaEnumerator(
                context,
                table,
                new SourceRun(SourceRun.NO_LAST_VERSION, bounded, Duration.ofMillis(1)),
                state);
    }

    private DeltaEnumerator started(boolean bounded) {
        return started(new SourceRun(SourceRun.NO_LAST_VERSION, bounded, Duration.ofMillis(1)));
    }

    private DeltaEnumerator started(SourceRun run) {
        DeltaEnumerator enumerator = new DeltaEnumerator(context, table, run, NEW);
        start(enumerator);
        return enumerator;
    }

    private void start(DeltaEnumerator enumerator) {
        enumerator.start();
        join(enumerator, 0);
        join(enumerator, 1);
        context.look();
    }

    private void join(DeltaEnumerator enumerator, int reader) {
        context.register(reader);
        enumerator.addReader(reader);
    }

    private static void ask(DeltaEnumerator enumerator, int reader) {
        enumerator.handleSplitRequest(reader, "here");
    }
}
