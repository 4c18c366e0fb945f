package io.millrace.codegraph.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.UsageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotSeriesTest {
    @TempDir private Path folder;

    @Test
    void aFolderIsOneRevisionOfItsSources() throws Exception {
        Path root = Files.createDirectories(folder.resolve("tree"));
        write(root, "p/A.java", "class A {}");
        write(root, "p/readme.md", "no");
        write(root, ".hidden/B.java", "class B {}");
        write(root, "module/pom.xml", "");
        write(root, "module/target/C.java", "class C {}");
        write(root, "target/D.java", "class D {}");

        SourceTree tree = open(root).get(0);
        List<Revision> revisions = tree.revisionsAfter(FixedHistory.of());

        assertThat(tree.repository()).isEqualTo("tree");
        assertThat(revisions).hasSize(1);
        assertThat(revisions.get(0).files())
                .extracting(TreeFile::path)
                .containsExactly("p/A.java", "target/D.java");
    }

    @Test
    void aFolderHasANewRevisionWheneverItsContentDiffersFromTheNewest() throws Exception {
        Path root = Files.createDirectories(folder.resolve("tree"));
        write(root, "A.java", "class A {}");
        String first = ids(FixedHistory.of(), root).get(0);
        write(root, "A.java", "class A { int x; }");
        String second = ids(FixedHistory.of(first), root).get(0);

        assertThat(second).isNotEqualTo(first);
        assertThat(ids(FixedHistory.of(first, second), root)).isEmpty();
        write(root, "A.java", "class A {}");
        assertThat(ids(FixedHistory.of(first, second), root)).containsExactly(first);
    }

    @Test
    void releasesOfALibraryAreRevisionsOfOneRepository() throws Exception {
        Path old = jar("my-lib-1.9.0-sources.jar", Map.of("p/A.java", "class A {}"));
        Path middle = jar("my-lib-1.10.0-sources.jar", Map.of("p/A.java", "class A { int x; }"));
        Path last = jar("my-lib-2.0.0-rc1-sources.jar", Map.of("p/B.java", "class B {}"));

        List<SourceTree> trees = open(old, middle, last);
        assertThat(trees).hasSize(1);
        assertThat(trees.get(0).repository()).isEqualTo("my-lib");
        List<String> all = ids(FixedHistory.of(), old, middle, last);
        assertThat(all).hasSize(3);
        assertThat(all.get(1)).startsWith("my-lib-1.10.0@");
        assertThat(ids(FixedHistory.of(all.get(0), all.get(1)), old, middle, last))
                .containsExactly(all.get(2));
        assertThat(ids(FixedHistory.of(all.toArray(String[]::new)), old)).isEmpty();
    }

    @Test
    void foldersOfReleasesAreConsecutiveRevisionsToo() throws Exception {
        Path first = Files.createDirectories(folder.resolve("lib-1.0"));
        Path second = Files.createDirectories(folder.resolve("lib-1.1"));
        write(first, "A.java", "class A {}");
        write(second, "A.java", "class A { int x; }");

        List<String> all = ids(FixedHistory.of(), first, second);

        assertThat(all).hasSize(2);
        assertThat(ids(FixedHistory.of(all.get(0)), first, second)).containsExactly(all.get(1));
        assertThat(ids(FixedHistory.of(all.toArray(String[]::new)), first, second)).isEmpty();
    }

    @Test
    void namesAreStrippedOfVersionsOnly() throws Exception {
        for (String[] expected :
                new String[][] {
                    {"commons-lang3-3.12.0", "commons-lang3"},
                    {"flink-table-planner_2.12-2.3.0", "flink-table-planner_2.12"},
                    {"log4j-1.2-api-2.25.3", "log4j-1.2-api"},
                    {"guava-33.4.0-jre", "guava"},
                    {"x-1.0-20260101.010203-4", "x"},
                    {"project", "project"},
                    {"python-3", "python"}
                }) {
            Path root = Files.createDirectories(folder.resolve(expected[0]));
            assertThat(open(root).get(0).repository()).isEqualTo(expected[1]);
        }
    }

    @Test
    void saysWhatIsNoSourceTree() throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "");

        assertThatThrownBy(() -> open(folder.resolve("absent")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("-sources.jar");
        assertThatThrownBy(
                        () ->
                                SourceTrees.open(
                                        List.of(folder),
                                        Optional.empty(),
                                        new RevisionRange(Optional.of("HEAD"), Optional.empty()),
                                        path -> true))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--from");
    }

    private static void write(Path root, String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Path jar(String name, Map<String, String> files) throws IOException {
        Path jar = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static List<SourceTree> open(Path... paths) throws IOException {
        return SourceTrees.open(
                Arrays.asList(paths),
                Optional.empty(),
                RevisionRange.DEFAULT,
                path -> path.endsWith(".java"));
    }

    private static List<String> ids(RevisionHistory history, Path... paths) throws IOException {
        return open(paths).get(0).revisionsAfter(history).stream().map(Revision::id).toList();
    }
}
