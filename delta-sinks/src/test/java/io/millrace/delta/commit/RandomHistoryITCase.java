package io.millrace.delta.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delta.table.VersionActions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random changes, flushes that miss their checkpoint, replays, and what others do meanwhile. */
class RandomHistoryITCase {

    private static final int WRITERS = 2;
    private static final int KEYS = 12;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void tableAndFeedAreThoseOfTheChanges(long seed) throws Exception {
        Random random = new Random(seed);
        TestTarget target = new TestTarget(folder);
        DeltaCommitter committer = target.committer();
        List<ModelWriter> writers = List.of(new ModelWriter(target, 0), new ModelWriter(target, 1));
        Map<Long, String> expected = new TreeMap<>();
        List<Committable> committed = new ArrayList<>();
        CommittableBuilder builder = new CommittableBuilder();
        Set<Long> touched = new HashSet<>();
        for (int checkpoint = 1; checkpoint <= 20; checkpoint++) {
            for (ModelWriter writer : writers) {
                Map<Long, Optional<String>> changes = changes(random, writer, expected);
                touched.addAll(changes.keySet());
                builder.add(writer.flush(checkpoint, changes));
            }
            if (random.nextInt(4) == 0) {
                continue; // aborted: the next checkpoint takes the flush along
            }
            Committable committable =
                    builder.build(checkpoint, "t" + checkpoint, checkpoint, false, Map.of());
            boolean foreign = target.table.exists() && random.nextInt(4) == 0;
            if (foreign) {
                actForeign(random, target, touched, expected);
            }
            touched.clear();
            committer.commit(committable);
            committed.add(committable);
            assertThat(target.rows()).as("after checkpoint %d", checkpoint).isEqualTo(expected);
            if (random.nextInt(5) == 0) {
                replay(random, target, committed);
            }
            if (foreign || remerged(target)) {
                for (ModelWriter writer : writers) {
                    writer.load(WRITERS);
                }
            }
            writers.forEach(ModelWriter::follow);
        }
        target.assertFeedIsTheDifferenceOfVersions();
    }

    private static Map<Long, Optional<String>> changes(
            Random random, ModelWriter writer, Map<Long, String> expected) {
        Map<Long, Optional<String>> changes = new LinkedHashMap<>();
        for (long id = 0; id < KEYS; id++) {
            if (!writer.owns(id, WRITERS) || random.nextInt(3) > 0) {
                continue;
            }
            if (expected.containsKey(id) && random.nextInt(3) == 0) {
                changes.put(id, Optional.empty());
                expected.remove(id);
            } else {
                String name = "v" + random.nextInt(4);
                if (!name.equals(expected.put(id, name))) {
                    changes.put(id, Optional.of(name));
                }
            }
        }
        return changes;
    }

    /** What others do just before a commit; of keys that the commit touches, its rows win. */
    private static void actForeign(
            Random random, TestTarget target, Set<Long> touched, Map<Long, String> expected)
            throws Exception {
        for (int action = 0; action < 2; action++) {
            long id = random.nextInt(KEYS);
            boolean there = target.places().containsKey(id);
            if (random.nextInt(3) == 0) {
                target.foreignCompaction();
            } else if (there) {
                target.foreignDelete(id);
                if (!touched.contains(id)) {
                    expected.remove(id);
                }
            } else {
                String name = "v" + random.nextInt(4);
                target.foreignAppend(TestTarget.row(id, name));
                if (!touched.contains(id)) {
                    expected.put(id, name);
                }
            }
        }
    }

    private static void replay(Random random, TestTarget target, List<Committable> committed)
            throws Exception {
        long version = target.table.snapshot().version();
        Committable old = committed.get(random.nextInt(committed.size()));
        if (!old.isEmpty()) {
            assertThat(target.committer().commit(old))
                    .isInstanceOf(CommitOutcome.AlreadyCommitted.class);
        }
        assertThat(target.table.snapshot().version()).isEqualTo(version);
    }

    private static boolean remerged(TestTarget target) {
        VersionActions newest = target.table.log().at(target.table.snapshot().version());
        return CommitParameters.isRemerged(newest.info().parameters());
    }
}
