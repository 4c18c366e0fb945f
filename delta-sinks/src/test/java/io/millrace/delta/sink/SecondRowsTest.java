package io.millrace.delta.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

/**
 * Where the input says of each row that goes that it does, a second row of a key is an error
 * whatever checkpoints lie between, and a row that others wrote is replaced.
 */
class SecondRowsTest extends WriteOperatorTestBase {

    private TestWriters strict() {
        return new TestWriters(new WriterSettings(spec, "p/t", true, false).withOneRowAKey(true));
    }

    @Test
    void afterACommit() throws Exception {
        try (TestWriters writers = strict()) {
            writers.start(2);
            writers.process(insert(1, "a"));
            writers.checkpoint(1);
            writers.commit(1, false);
            writers.process(insert(1, "b"));

            assertThatThrownBy(() -> writers.checkpoint(2))
                    .hasMessageContaining(
                            "%s: cannot write key (id=1): its row {id=1, v=a} is there since an earlier checkpoint, and {id=1, v=b} comes without that one going. Declare a key"
                                    .formatted(table.location()));
        }
    }

    @Test
    void beforeTheCommitAndAfterARestart() throws Exception {
        try (TestWriters writers = strict()) {
            writers.start(1);
            writers.process(insert(1, "a"));
            writers.checkpoint(1);
            writers.restore(2, 1);
            writers.process(row(RowKind.UPDATE_AFTER, 1, "b"));

            assertThatThrownBy(() -> writers.checkpoint(2))
                    .hasMessageContaining("is there since an earlier checkpoint");
        }
    }

    @Test
    void updatesDeletesAndRowsThatComeAgainAsTheyAreStay() throws Exception {
        try (TestWriters writers = strict()) {
            writers.start(2);
            writers.process(insert(1, "a"));
            writers.process(insert(2, "a"));
            writers.process(insert(3, "a"));
            writers.checkpoint(1);
            writers.commit(1, false);
            update(writers, 1, "a", "b");
            writers.process(row(RowKind.DELETE, 2, "a"));
            writers.process(insert(3, "a"));
            writers.checkpoint(2);
            writers.commit(2, false);
            writers.process(insert(2, "c"));
            writers.checkpoint(3);
            writers.commit(3, false);
        }

        assertThat(rows()).containsExactlyInAnyOrder("1,b", "2,c", "3,a");
    }

    @Test
    void rowsOfOthersAreReplaced() throws Exception {
        commitElsewhere(insert(1, "other"), insert(2, "other"));
        try (TestWriters writers = strict()) {
            writers.start(2);
            writers.process(insert(1, "a"));
            writers.checkpoint(1);
            writers.commit(1, false);
            commitElsewhere(insert(1, "other again"));
            writers.process(insert(1, "b"));
            writers.process(insert(2, "b"));
            writers.checkpoint(2);
            writers.commit(2, false);
        }

        assertThat(rows()).containsExactlyInAnyOrder("1,b", "2,b");
        assertThat(feed())
                .containsExactlyInAnyOrder(
                        "update_preimage 1,other again",
                        "update_postimage 1,b",
                        "update_preimage 2,other",
                        "update_postimage 2,b");
    }
}
