package io.millrace.delta.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.source.ScriptedTable.Row;
import io.millrace.delta.table.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log of many commits: it is read from commit to commit, not version by version from its start.
 */
class LongLogTest {

    private static final int VERSIONS = 2_000;

    @TempDir private Path folder;

    private ScriptedTable table;

    /** Each version but the first adds the same row. */
    @BeforeEach
    void manyCommits() throws IOException {
        table = new ScriptedTable(folder).insert(new Row(1, "a", "x"));
        String commit = Files.readString(log(1));
        for (long version = 2; version <= VERSIONS; version++) {
            Files.writeString(log(version), commit);
        }
    }

    @Test
    void isReadWithoutItsBeginningOnceTheSourceRuns() throws Exception {
        List<Long> versions = new ArrayList<>();

        SourceDrive.run(
                table.spec(new StartingPosition.Version(1)),
                VERSIONS,
                row -> {
                    if (versions.isEmpty()) {
                        cleanUpBefore(1);
                    }
                    versions.add(SequencedRows.version(row));
                });

        assertThat(versions).hasSize(VERSIONS).isSorted().endsWith((long) VERSIONS);
        assertThatThrownBy(() -> table.table().snapshot(VERSIONS))
                .isInstanceOf(RefusedException.class);
    }

    private void cleanUpBefore(long version) {
        try {
            for (long old = 0; old < version; old++) {
                Files.delete(log(old));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log(long version) {
        return folder.resolve("_delta_log/%020d.json".formatted(version));
    }
}
