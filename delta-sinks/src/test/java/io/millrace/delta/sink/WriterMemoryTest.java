package io.millrace.delta.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.write.WriterMemory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What does not fit into memory gives the same table. */
class WriterMemoryTest extends WriteOperatorTestBase {

    private static final int KEYS = 4000;

    @Test
    void keysAndChangesOnDiskEndInTheSameTable() throws Exception {
        try (TestWriters writers = writers(new WriterMemory(0, 0))) {
            writers.start(2);
            for (long id = 0; id < KEYS; id++) {
                writers.process(insert(id, "a"));
            }
            writers.checkpoint(1);
            writers.commit(1, false);
            for (long id = 0; id < KEYS; id += 1000) {
                update(writers, id, "a", "b");
            }
            writers.checkpoint(2);
            writers.commit(2, false);
            assertThat(feed()).hasSize(KEYS / 1000 * 2).contains("update_postimage 3000,b");

            writers.restore(3, 2);
            for (long id = 500; id < KEYS; id += 1000) {
                update(writers, id, "a", "c");
            }
            writers.checkpoint(3);
            writers.commit(3, false);

            List<String> rows = rows();
            assertThat(rows).hasSize(KEYS).contains("0,b", "500,c", "1,a").doesNotHaveDuplicates();
        }
    }

    /** Another writer's files are gone with their keys, also with those on disk. */
    @Test
    void keysOnDiskFollowWhatOthersCommit() throws Exception {
        try (TestWriters writers = writers(new WriterMemory(0, 0))) {
            writers.start(1);
            for (long id = 0; id < KEYS; id++) {
                writers.process(insert(id, "a"));
            }
            writers.checkpoint(1);
            writers.commit(1, false);
            commitElsewhere(insert(7, "theirs"), insert(KEYS, "theirs"));

            update(writers, 7, "a", "b");
            writers.process(insert(KEYS, "ours"));
            writers.checkpoint(2);
            writers.commit(2, false);

            assertThat(rows())
                    .hasSize(KEYS + 1)
                    .contains("7,b", KEYS + ",ours")
                    .doesNotHaveDuplicates();
            assertThat(feed())
                    .containsExactlyInAnyOrder(
                            "update_preimage 7,theirs",
                            "update_postimage 7,b",
                            "update_preimage " + KEYS + ",theirs",
                            "update_postimage " + KEYS + ",ours");
        }
    }
}
