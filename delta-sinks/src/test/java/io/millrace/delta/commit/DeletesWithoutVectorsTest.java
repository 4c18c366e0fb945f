package io.millrace.delta.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a table without deletion vectors the rows that stay are written anew, which is no change. */
class DeletesWithoutVectorsTest {

    @TempDir Path folder;

    private TestTarget target;
    private ModelWriter writer;
    private long counter;

    @BeforeEach
    void tableOfThreeRows() throws Exception {
        target = new TestTarget(folder, Map.of("delta.enableDeletionVectors", "false"), List.of());
        writer = new ModelWriter(target, 0);
        Map<Long, Optional<String>> rows = new LinkedHashMap<>();
        rows.put(1L, Optional.of("a"));
        rows.put(2L, Optional.of("b"));
        rows.put(3L, Optional.of("c"));
        commit(false, writer.flush(1, rows));
        writer.load(1);
    }

    @Test
    void severalFlushesThatOnlyDelete() throws Exception {
        commit(
                false,
                writer.flush(2, Map.of(1L, Optional.empty())),
                writer.flush(3, Map.of(2L, Optional.of("B"))),
                writer.flush(4, Map.of(2L, Optional.empty())));

        assertThat(target.rows()).isEqualTo(Map.of(3L, "c"));
        assertThat(target.feed(2)).containsExactly("delete 1 a", "delete 2 b");
        target.assertFeedIsTheDifferenceOfVersions();
    }

    @Test
    void aRebuildThatOnlyDeletes() throws Exception {
        commit(true, new ModelWriter(target, 0).flush(2, Map.of(3L, Optional.of("c"))));

        assertThat(target.rows()).isEqualTo(Map.of(3L, "c"));
        assertThat(target.feed(2)).containsExactly("delete 1 a", "delete 2 b");
        target.assertFeedIsTheDifferenceOfVersions();
    }

    private void commit(boolean rebuild, WriteResult... results) throws Exception {
        CommittableBuilder builder = new CommittableBuilder();
        for (WriteResult result : results) {
            builder.add(result);
        }
        counter++;
        target.committer()
                .commit(builder.build(counter, "t" + counter, counter, rebuild, Map.of()));
    }
}
