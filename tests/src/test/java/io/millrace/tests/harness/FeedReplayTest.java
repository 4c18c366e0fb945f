package io.millrace.tests.harness;

import static io.millrace.tests.harness.TableLayout.bigint;
import static io.millrace.tests.harness.TableLayout.row;
import static io.millrace.tests.harness.TableLayout.string;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.tests.harness.TableFiles.LiveFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The controls: the replay can find what it looks for. */
class FeedReplayTest {

    @TempDir Path folder;
    private TableFiles files;
    private FeedReplay replay;

    @BeforeEach
    void createTable() {
        TableLayout layout =
                new TableLayout(List.of(bigint("id"), string("text")), Optional.empty());
        files = new TableFiles(folder, layout, new Random(1));
        files.create();
        replay = new FeedReplay(new RawTable(folder));
        commit(1, List.of(row(1L, "a"), row(2L, "b")), List.of());
    }

    @Test
    void aFeedThatMissesAChangeIsFound() {
        commit(2, List.of(row(3L, "c"), row(4L, "d")), List.of(row(3L, "c", "insert")));
        assertThat(replay.firstDifference())
                .hasValueSatisfying(
                        found -> assertThat(found).startsWith("version 2:").contains("4"));
    }

    @Test
    void aFeedThatChangesAKeyTwiceIsFound() {
        commit(
                2,
                List.of(row(3L, "c")),
                List.of(
                        row(3L, "x", "insert"),
                        row(3L, "x", "update_preimage"),
                        row(3L, "c", "update_postimage")));
        assertThat(replay.firstDifference()).isEmpty();
        assertThat(replay.keysChangedTwice(List.of("id"))).hasSize(1);
    }

    @Test
    void aFeedThatChangesARowToItselfIsFound() {
        commit(
                2,
                List.of(row(3L, "c")),
                List.of(
                        row(3L, "c", "insert"),
                        row(2L, "b", "update_preimage"),
                        row(2L, "b", "update_postimage")));
        assertThat(replay.firstDifference()).isEmpty();
        assertThat(replay.keysChangedTwice(List.of("id")))
                .singleElement()
                .asString()
                .contains("version 2, key [2]");
    }

    @Test
    void aFeedOfOneChangeAKeyIsAccepted() {
        assertThat(replay.firstDifference()).isEmpty();
        assertThat(replay.keysChangedTwice(List.of("id"))).isEmpty();
    }

    private void commit(long version, List<List<Object>> rows, List<List<Object>> changes) {
        List<ObjectNode> actions = new ArrayList<>();
        for (LiveFile file : files.writeData(rows)) {
            actions.add(files.add(file, true));
        }
        actions.addAll(files.writeChanges(changes));
        files.commit(version, "WRITE", actions);
    }
}
