package io.millrace.delta.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.table.VersionActions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A rebuild commits the difference between the table and the whole result. */
class DeltaCommitterRebuildTest extends DeltaCommitterTestBase {

    @Test
    void rebuildWritesOnlyWhatDiffers() throws Exception {
        commit(writer.flush(1, change(1, "a", 2, "b", 3, "c")));
        ModelWriter fresh = new ModelWriter(target, 0);
        CommitOutcome outcome =
                committer.commit(
                        builder(
                                        fresh.flush(1, change(1, "a", 2, "B")),
                                        fresh.flush(2, change(4, "d")))
                                .build(9, "rebuild", 2, true, Map.of()));

        assertThat(outcome).isEqualTo(new CommitOutcome.Committed(2, new ChangeCounts(1, 1, 1)));
        assertThat(target.rows()).isEqualTo(Map.of(1L, "a", 2L, "B", 4L, "d"));
        assertThat(target.table.log().at(2).info().parameters())
                .containsEntry("millrace.remerged", "true");
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void rebuildOfAnEqualResultChangesNoRow() throws Exception {
        commit(writer.flush(1, change(1, "a", 2, "b")));
        committer.commit(
                builder(new ModelWriter(target, 0).flush(1, change(1, "a", 2, "b")))
                        .build(9, "rebuild", 2, true, Map.of()));

        VersionActions commit = target.table.log().at(2);
        assertThat(commit.adds()).isEmpty();
        assertThat(commit.removes()).isEmpty();
        assertThat(commit.transactions()).containsEntry(TestTarget.SINK, 9L);
    }

    @Test
    void rebuildWithoutAKeyReplacesTheRows() throws Exception {
        target = new TestTarget(folder, Map.of("millrace.key", ""), List.of());
        committer = target.committer();
        commit(writer.flush(1, change(1, "a", 2, "b")));
        commit(writer.flush(2, change(3, "c")));
        committer.commit(
                builder(new ModelWriter(target, 0).flush(3, change(1, "a", 4, "d")))
                        .build(9, "rebuild", 3, true, Map.of()));

        assertThat(target.rows()).isEqualTo(Map.of(1L, "a", 4L, "d"));
    }
}
