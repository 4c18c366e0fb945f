package io.millrace.delta.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.commit.Statement;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.write.WriterMemory;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.Test;

/** Whose the commits of a job are that says nothing of it, or something else than before. */
class SinkIdTest extends WriteOperatorTestBase {

    @Test
    void aStreamGoesOnUnderTheIdOfItsFirstRun() throws Exception {
        CommitSettings first = CommitHarness.settings(folder).owned("run-1/target", IdOrigin.RUN);
        OperatorSubtaskState state;
        try (CommitHarness sink = CommitHarness.start(first)) {
            sink.write(1, 1, 2);
            state = sink.checkpoint(1);
        }
        try (CommitHarness sink =
                CommitHarness.restore(state, first.owned("run-2/target", IdOrigin.RUN))) {
            assertThat(sink.version()).as("the commit of the first run is found").isEqualTo(1);
            sink.write(2, 3);
            sink.checkpoint(2);

            assertThat(sink.version()).isEqualTo(2);
            assertThat(sink.table().log().at(2).transactions()).containsKey("run-1/target");
        }
    }

    @Test
    void aStreamOfNobodyGoesOnUnderTheIdOfItsFirstJob() throws Exception {
        CommitSettings settings = CommitHarness.settings(folder).owned("target", IdOrigin.JOB);
        OperatorSubtaskState state;
        try (CommitHarness sink = CommitHarness.start(settings)) {
            sink.write(1, 1, 2);
            state = sink.checkpoint(1);
        }
        // Each harness is a job of its own.
        try (CommitHarness sink = CommitHarness.restore(state, settings)) {
            assertThat(sink.version()).isEqualTo(1);
        }
    }

    @Test
    void stateOfAnotherGivenIdIsRefused() throws Exception {
        CommitSettings settings = CommitHarness.settings(folder);
        OperatorSubtaskState state;
        try (CommitHarness sink = CommitHarness.start(settings)) {
            sink.write(1, 1, 2);
            state = sink.checkpoint(1);
        }

        assertThatThrownBy(
                        () ->
                                CommitHarness.restore(
                                        state, settings.owned("another", IdOrigin.GIVEN)))
                .hasRootCauseInstanceOf(RefusedException.class)
                .hasRootCauseMessage(
                        "target: cannot go on as sink another: the restored state is of sink pipeline/target, and what that one has committed would be written again. Set 'sink.id' = 'pipeline/target', or start without state and with --rebuild.");
    }

    /** Else the rows that were there would be missing from then on. */
    @Test
    void aTableThatWasMadeAnewIsRefused() throws Exception {
        CommitSettings settings = CommitHarness.settings(folder);
        OperatorSubtaskState state;
        try (CommitHarness sink = CommitHarness.start(settings)) {
            sink.write(1, 1, 2);
            sink.checkpoint(1);
            sink.write(2, 3);
            state = sink.checkpoint(2);
        }
        FileUtils.deleteDirectory(folder.resolve("target").toFile());

        assertThatThrownBy(() -> CommitHarness.restore(state, settings))
                .hasRootCauseInstanceOf(RefusedException.class)
                .hasStackTraceContaining(
                        "the restored state has seen commit number 1 of this sink there, and the table has none. It was made anew");
    }

    @Test
    void writersKnowTheCommitsOfTheFirstRun() throws Exception {
        try (TestWriters writers = new TestWriters(of("run-1/t"))) {
            writers.start(2);
            writers.process(insert(1, "a"));
            writers.process(insert(2, "b"));
            writers.checkpoint(1);
            writers.commit(1, false);

            writers.restore(3, 1, of("run-2/t"));
            update(writers, 1, "a", "c");
            writers.checkpoint(2);

            assertThat(writers.pendingInState()).as("what is not committed yet").isEqualTo(1);
            writers.commit(2, false);
            assertThat(rows()).containsExactlyInAnyOrder("1,c", "2,b");
        }
    }

    private WriterSettings of(String id) {
        return new WriterSettings(
                spec,
                id,
                IdOrigin.RUN,
                true,
                false,
                Statement.NONE,
                -1,
                WriterMemory.DEFAULT,
                false);
    }

    @Test
    void withoutStateTheIdIsTheGivenOneOrThatOfTheJob() {
        JobID job = new JobID(1, 2);

        assertThat(IdOrigin.GIVEN.resolve("t", "p/t", List.of(), job)).isEqualTo("p/t");
        assertThat(IdOrigin.RUN.resolve("t", "r/t", List.of(), job)).isEqualTo("r/t");
        assertThat(IdOrigin.JOB.resolve("t", "t", List.of(), job))
                .isEqualTo(job.toHexString() + "/t");
    }
}
