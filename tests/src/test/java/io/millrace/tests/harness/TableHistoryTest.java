package io.millrace.tests.harness;

import static io.millrace.tests.harness.TableLayout.bigint;
import static io.millrace.tests.harness.TableLayout.row;
import static io.millrace.tests.harness.TableLayout.string;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.table.DeltaTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The harness itself: what it writes is what its oracle says. */
class TableHistoryTest {

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyVersionAndTheFeedAreWhatTheOracleSays(long seed) {
        Random random = new Random(seed);
        TableLayout layout =
                new TableLayout(
                        List.of(bigint("id"), string("part"), string("text")),
                        seed % 2 == 0 ? Optional.of("part") : Optional.empty());
        TableHistory history =
                new TableHistory(
                        folder.resolve("t"),
                        layout,
                        random,
                        12,
                        key -> row(key, part(random), "v" + random.nextInt(5)));

        for (int i = 0; i < 25; i++) {
            history.commit();
        }

        RawTable table = new RawTable(history.location());
        assertThat(table.latestVersion()).isEqualTo(25);
        for (long version = 0; version <= 25; version++) {
            assertThat(table.rows(version))
                    .as("version %d", version)
                    .containsExactlyInAnyOrderElementsOf(history.at(version).values());
        }
        assertThat(new FeedReplay(table).firstDifference()).isEmpty();
        assertThat(DeltaTable.at(history.location().toString()).snapshot().version()).isEqualTo(25);
    }

    private static String part(Random random) {
        return random.nextInt(4) == 0 ? null : "p" + random.nextInt(3);
    }
}
