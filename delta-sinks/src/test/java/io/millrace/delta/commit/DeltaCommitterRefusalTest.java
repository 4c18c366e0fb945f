package io.millrace.delta.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.RefusedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a committer does not write: replays, rivals of the same number, unfit tables. */
class DeltaCommitterRefusalTest extends DeltaCommitterTestBase {

    @Test
    void replayOfACommittableChangesNothing() throws Exception {
        Committable first = committable(writer.flush(1, change(1, "a")));
        committer.commit(first);
        Committable second = committable(follow().flush(2, change(1, "b")));
        committer.commit(second);

        assertThat(target.committer().commit(first))
                .isEqualTo(new CommitOutcome.AlreadyCommitted(1));
        assertThat(target.committer().commit(second))
                .isEqualTo(new CommitOutcome.AlreadyCommitted(2));
        assertThat(target.table.snapshot().version()).isEqualTo(2);
    }

    @Test
    void anotherCommittableOfTheSameNumberIsFenced() throws Exception {
        committer.commit(
                builder(writer.flush(1, change(1, "a"))).build(1, "x", 1, false, Map.of()));

        CommitOutcome outcome =
                target.committer()
                        .commit(
                                builder(writer.flush(1, change(1, "b")))
                                        .build(1, "y", 1, false, Map.of()));

        assertThat(outcome).isInstanceOf(CommitOutcome.Fenced.class);
        assertThat(((CommitOutcome.Fenced) outcome).message())
                .contains(TestTarget.SINK, "version 1", "--rebuild");
        assertThat(target.rows()).isEqualTo(Map.of(1L, "a"));
    }

    @Test
    void tableOfOtherColumnsIsRefused() throws Exception {
        commit(writer.flush(1, change(1, "a")));
        DeltaCommitter other =
                new DeltaCommitter(
                        target.table,
                        new io.millrace.delta.table.TableDefinition(
                                TestTarget.SCHEMA.add("more", io.delta.kernel.types.LongType.LONG),
                                List.of(),
                                target.definition.properties()),
                        new CommitFacts("other", Map.of()));

        assertThatThrownBy(other::checkTable)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("target: cannot write to the table at version 1")
                .hasMessageContaining("more");
    }

    @Test
    void appendOnlyTableIsRefusedForUpserts() throws Exception {
        target.table.create(
                new io.millrace.delta.table.TableDefinition(
                        TestTarget.SCHEMA,
                        List.of(),
                        Map.of("delta.enableChangeDataFeed", "true", "delta.appendOnly", "true")),
                CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));

        assertThatThrownBy(committer::checkTable)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("delta.appendOnly");
    }
}
