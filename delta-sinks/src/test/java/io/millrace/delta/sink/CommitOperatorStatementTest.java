package io.millrace.delta.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.commit.CommitKind;
import io.millrace.delta.commit.Replaced;
import io.millrace.delta.commit.Statement;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that commits once, in as many attempts as it takes. */
class CommitOperatorStatementTest {

    private static final CommitKind OVERWRITE = new CommitKind.Overwrite(Replaced.ALL);

    @TempDir Path folder;

    @Test
    void anAttemptAfterTheOneThatCommittedReportsItsCommit() throws Exception {
        CommitSettings settings = statement(new CommitKind.Changes(), "a");
        run(settings, 1, 2);

        try (CommitHarness again = CommitHarness.start(settings)) {
            again.write(1, 1, 2);
            again.end();

            assertThat(again.version()).isEqualTo(1);
            assertThat(again.lastEvent().commits()).hasSize(1);
        }
    }

    @Test
    void anAttemptBesideTheOneThatCommitsFindsItsCommit() throws Exception {
        CommitSettings settings = statement(new CommitKind.Changes(), "a");
        try (CommitHarness slow = CommitHarness.start(settings)) {
            slow.write(1, 1, 2);
            run(settings, 1, 2);
            slow.end();

            assertThat(slow.version()).isEqualTo(1);
        }
    }

    @Test
    void anOverwriteIsMadeOnce() throws Exception {
        CommitSettings overwrite = statement(OVERWRITE, "a");
        run(overwrite, 1, 2);

        try (CommitHarness sink = CommitHarness.start(overwrite)) {
            sink.write(1, 1, 2);
            sink.end();
            assertThat(sink.version()).isEqualTo(1);
            assertThat(sink.rowsAddedIn(1)).isEqualTo(2);
        }
    }

    @Test
    void anotherStatementUnderTheSameIdIsRefused() throws Exception {
        run(statement(new CommitKind.Changes(), "a"), 1, 2);

        for (CommitKind kind : new CommitKind[] {new CommitKind.Changes(), OVERWRITE}) {
            assertThatThrownBy(() -> CommitHarness.start(statement(kind, "b")))
                    .hasStackTraceContaining(
                            "target: cannot write to "
                                    + folder.resolve("target")
                                    + " as pipeline/target: this sink has committed before, and a statement commits once. Give the statement another 'sink.id', or none.");
        }
    }

    private CommitSettings statement(CommitKind kind, String token) {
        CommitSettings s = CommitHarness.settings(folder);
        return new CommitSettings(
                s.dataset(),
                s.spec(),
                s.facts(),
                IdOrigin.GIVEN,
                kind.deletes(),
                false,
                new Statement(kind, token),
                false,
                s.stateFolder());
    }

    private static void run(CommitSettings settings, long... ids) throws Exception {
        try (CommitHarness sink = CommitHarness.start(settings)) {
            sink.write(1, ids);
            sink.end();
        }
    }
}
