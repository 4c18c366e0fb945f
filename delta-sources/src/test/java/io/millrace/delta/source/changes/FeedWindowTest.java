package io.millrace.delta.source.changes;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delta.source.ScriptedTable;
import io.millrace.delta.source.ScriptedTable.Row;
import io.millrace.delta.source.StartingPosition;
import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.table.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedWindowTest {

    @TempDir private Path folder;

    private ScriptedTable table;
    private FeedWindow window;

    /** Version 1 inserts, versions 2 to 5 have change files. */
    @BeforeEach
    void someVersions() {
        table =
                new ScriptedTable(folder.resolve("people"))
                        .insert(new Row(1, "a", "x"))
                        .rename("b", 1L)
                        .rename("c", 1L)
                        .rename("d", 1L)
                        .rename("e", 1L);
        window = new FeedWindow(table.table(), table.spec(new StartingPosition.Version(0)));
    }

    @Test
    void aWholeLogCanBeReadFromItsBeginning() {
        assertThatCode(() -> window.check(0, 5)).doesNotThrowAnyException();
    }

    @Test
    void aVersionThatWasCleanedUpIsRefusedNamingTheFirstReadableOne() throws IOException {
        table.checkpoint(3);
        delete(0, 1, 2);

        assertThatThrownBy(() -> window.check(2, 5))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(
                        "at version 2: its commit was cleaned up from the log, the first readable"
                                + " version is 3, the newest 5. Start at version 3 or later")
                .hasMessageContaining("--rebuild");
        assertThatCode(() -> window.check(3, 5)).doesNotThrowAnyException();
    }

    @Test
    void aVersionBeforeTheFirstCheckpointLeftIsNotReadable() throws IOException {
        table.checkpoint(3);
        delete(0, 1);

        assertThatThrownBy(() -> window.check(2, 5))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("the first readable version is 3");
    }

    @Test
    void aVersionWhoseFilesAreGoneIsRefusedNamingTheFirstReadableOne() throws IOException {
        vacuum(2);
        vacuum(3);

        assertThatThrownBy(() -> window.check(2, 5))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("at version 2: its file ")
                .hasMessageContaining(
                        "is gone (VACUUM), the first readable version is 4. Start at");
        assertThatCode(() -> window.check(4, 5)).doesNotThrowAnyException();
    }

    @Test
    void whereAllFilesAreGoneThereIsOnlyTheSnapshot() throws IOException {
        for (long version = 2; version <= 5; version++) {
            vacuum(version);
        }

        assertThatThrownBy(() -> window.check(2, 5))
                .hasMessageContaining("and so are files of the newest version 5. Start from a");
    }

    private void vacuum(long version) throws IOException {
        for (ChangeFile file : table.table().log().at(version).changes()) {
            Files.delete(Path.of(table.table().resolve(file.path())));
        }
    }

    private void delete(long... versions) throws IOException {
        for (long version : versions) {
            Files.delete(folder.resolve("people/_delta_log/%020d.json".formatted(version)));
        }
    }
}
