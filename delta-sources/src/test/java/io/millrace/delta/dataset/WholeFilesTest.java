package io.millrace.delta.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFilesTest {

    @TempDir Path folder;

    @Test
    void contentIsReplacedAndNothingElseIsLeft() throws Exception {
        Path file = folder.resolve("a/b/file");
        WholeFiles.write(file, "old".getBytes(UTF_8));
        WholeFiles.write(file, "new".getBytes(UTF_8));

        assertThat(file).hasContent("new");
        assertThat(file.getParent()).isDirectoryContaining(file::equals);
        assertThat(file.getParent().toFile().list()).hasSize(1);
    }

    @Test
    void whatCannotBeWrittenIsNamedAndLeavesNothing() throws Exception {
        Path taken = Files.createDirectories(folder.resolve("taken/inside")).getParent();

        assertThatThrownBy(() -> WholeFiles.write(taken, new byte[1]))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(taken + ": cannot be written");
        assertThat(folder.toFile().list()).containsExactly("taken");
    }
}
