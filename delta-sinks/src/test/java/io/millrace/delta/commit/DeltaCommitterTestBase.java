package io.millrace.delta.commit;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A committer on an empty table, one writer for it, and short ways to commit. */
abstract class DeltaCommitterTestBase {

    @TempDir Path folder;

    TestTarget target;
    DeltaCommitter committer;
    ModelWriter writer;
    private long counter;

    @BeforeEach
    void target() {
        target = new TestTarget(folder);
        committer = target.committer();
        writer = new ModelWriter(target, 0);
    }

    final ModelWriter follow(ModelWriter... others) throws Exception {
        if (others.length > 0) {
            writer = new ModelWriter(target, 0);
            writer.load(1);
        }
        writer.follow();
        return writer;
    }

    final ModelWriter reload() throws Exception {
        writer.load(1);
        return writer;
    }

    final CommitOutcome commit(WriteResult... results) throws Exception {
        return committer.commit(committable(results));
    }

    final Committable committable(WriteResult... results) {
        counter++;
        return builder(results).build(counter, "t" + counter, counter, false, Map.of());
    }

    final Committable empty() {
        return committable();
    }

    static CommittableBuilder builder(WriteResult... results) {
        CommittableBuilder builder = new CommittableBuilder();
        for (WriteResult result : results) {
            builder.add(result);
        }
        return builder;
    }

    /** Pairs of id and name; a name of null deletes. */
    static Map<Long, Optional<String>> change(Object... pairs) {
        Map<Long, Optional<String>> changes = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            changes.put(
                    ((Integer) pairs[i]).longValue(), Optional.ofNullable((String) pairs[i + 1]));
        }
        return changes;
    }
}
