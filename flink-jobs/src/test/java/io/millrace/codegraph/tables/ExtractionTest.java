package io.millrace.codegraph.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codegraph.input.GitWorkTree;
import io.millrace.codegraph.input.RevisionRange;
import io.millrace.codegraph.input.SourceTree;
import io.millrace.codegraph.input.SourceTrees;
import io.millrace.codegraph.javac.JavaExtractor;
import io.millrace.delta.table.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractionTest {
    private static final String A = "package p; class A { void a() { go(); } }";

    @TempDir private Path folder;

    @Test
    void eachCommitIsOneVersionOfEachTableAlsoWhereNothingChanged() throws Exception {
        try (GitWorkTree git = new GitWorkTree(folder.resolve("project"))) {
            String first = git.write("A.java", A).commit();
            String second = git.write("readme.md", "text").commit();
            String third = git.write("B.java", "class B extends A { }").commit();
            Warehouse warehouse = warehouse("w");

            List<RevisionReport> reports = extract(warehouse, "project");

            assertThat(reports)
                    .extracting(RevisionReport::revision)
                    .containsExactly(first, second, third);
            assertThat(reports).extracting(RevisionReport::extracted).containsExactly(1, 0, 1);
            for (ExtractedTable table : ExtractedTable.values()) {
                assertThat(warehouse.version(table)).isEqualTo(3);
                assertThat(warehouse.feed(table, 2)).isEmpty();
                assertThat(warehouse.commit(table, 2).info().parameters())
                        .containsEntry("millrace.revision", second)
                        .containsEntry("millrace.repo", "project");
                assertThat(warehouse.commit(table, 2).transactions())
                        .containsEntry("millrace-extract", 2L);
            }
            assertThat(extract(warehouse, "project")).isEmpty();
            assertThat(new ExtractedRevisions(warehouse.folder()).newestVersions())
                    .hasSize(5)
                    .allSatisfy((table, version) -> assertThat(version).isEqualTo(3));
        }
    }

    @Test
    void theFeedHoldsOnlyWhatChanged() throws Exception {
        write("dir/A.java", A);
        write("dir/Same.java", "class Same { void same() { go(); } }");
        Warehouse warehouse = warehouse("w");
        extract(warehouse, "dir");
        write("dir/A.java", A.replace("void a()", "int added;\n void a()"));

        RevisionReport report = extract(warehouse, "dir").get(0);

        assertThat(report.extracted()).isEqualTo(1);
        assertThat(warehouse.feed(ExtractedTable.DEFS, 2))
                .singleElement()
                .asString()
                .startsWith("insert def:")
                .contains("p.A.added");
        assertThat(warehouse.feed(ExtractedTable.CALLS, 2)).isEmpty();
        assertThat(warehouse.feed(ExtractedTable.IMPORTS, 2)).isEmpty();
        assertThat(warehouse.feed(ExtractedTable.SOURCE_FILES, 2))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row).startsWith("update_").contains("A.java"));
        assertThat(warehouse.feed(ExtractedTable.ANCHORS, 2)).hasSize(1 + 3 * 2);
        assertThat(report.tables())
                .contains(new TableReport("defs", 2, 1, 0, 0))
                .contains(new TableReport("calls", 2, 0, 0, 0))
                .contains(new TableReport("anchors", 2, 1, 3, 0));
    }

    @Test
    void deletedFilesTakeTheirRowsWithThem() throws Exception {
        write("dir/A.java", A);
        write("dir/B.java", "import p.A; class B { void b() { new A(); } }");
        Warehouse both = warehouse("both");
        extract(both, "dir");
        Files.delete(folder.resolve("dir/A.java"));
        extract(both, "dir");
        Warehouse rest = warehouse("rest");
        extract(rest, "dir");

        assertThat(both.contents()).isEqualTo(rest.contents());
        assertThat(both.contents().get("source_files")).hasSize(1);
    }

    @Test
    void revisionAfterRevisionGivesTheSameAsTheLastOneAlone() throws Exception {
        Warehouse incremental = warehouse("incremental");
        for (int i = 0; i < 6; i++) {
            write("dir/p/A.java", source(i));
            write("dir/p/B" + i % 2 + ".java", "class B { void b" + i + "() { f(" + i + "); } }");
            extract(incremental, "dir");
        }
        Warehouse scratch = warehouse("scratch");
        extract(scratch, "dir");

        assertThat(incremental.version(ExtractedTable.DEFS)).isEqualTo(6);
        assertThat(incremental.contents()).isEqualTo(scratch.contents());
    }

    @Test
    void anInterruptedExtractionGoesOnAtTheFirstTableThatLacksTheRevision() throws Exception {
        try (GitWorkTree git = new GitWorkTree(folder.resolve("project"))) {
            git.write("A.java", A).commit();
            String second = git.write("A.java", A.replace("go", "run")).commit();
            Warehouse whole = warehouse("whole");
            Warehouse interrupted = warehouse("interrupted");
            extract(whole, "project");
            extract(interrupted, "project");
            lose(interrupted, ExtractedTable.CALLS);
            assertThat(new ExtractedRevisions(interrupted.folder()).newestVersions())
                    .allSatisfy((table, version) -> assertThat(version).isEqualTo(1));

            List<RevisionReport> reports = extract(interrupted, "project");

            assertThat(reports).hasSize(1);
            assertThat(reports.get(0).revision()).isEqualTo(second);
            assertThat(reports.get(0).tables())
                    .extracting(TableReport::table)
                    .containsExactly("calls", "imports", "source_files");
            assertThat(interrupted.contents()).isEqualTo(whole.contents());
            for (ExtractedTable table : ExtractedTable.values()) {
                assertThat(interrupted.version(table)).isEqualTo(2);
            }
        }
    }

    @Test
    void aRevisionThatGotLostHalfWayDoesNotLastInAnyTable() throws Exception {
        write("dir/A.java", A);
        write("dir/B.java", "class B { }");
        Warehouse warehouse = warehouse("w");
        extract(warehouse, "dir");
        write("dir/A.java", A.replace("go", "lost"));
        write("dir/Lost.java", "class Lost { Object l = lost(); }");
        extract(warehouse, "dir");
        lose(warehouse, ExtractedTable.CALLS);
        write("dir/A.java", A);
        Files.delete(folder.resolve("dir/Lost.java"));
        write("dir/B.java", "class B { int b; }");

        extract(warehouse, "dir");

        Warehouse scratch = warehouse("scratch");
        extract(scratch, "dir");
        assertThat(warehouse.contents()).isEqualTo(scratch.contents());
        for (ExtractedTable table : ExtractedTable.values()) {
            assertThat(warehouse.version(table)).isEqualTo(3);
        }
    }

    @Test
    void aRevisionThatGotLostHalfWayIsUndoneByTheStateBeforeIt() throws Exception {
        write("dir/A.java", A);
        Warehouse warehouse = warehouse("w");
        extract(warehouse, "dir");
        write("dir/A.java", A.replace("go", "lost"));
        extract(warehouse, "dir");
        lose(warehouse, ExtractedTable.SOURCE_FILES);
        write("dir/A.java", A);

        extract(warehouse, "dir");

        Warehouse scratch = warehouse("scratch");
        extract(scratch, "dir");
        assertThat(warehouse.contents()).isEqualTo(scratch.contents());
        assertThat(extract(warehouse, "dir")).isEmpty();
    }

    @Test
    void repositoriesShareTheTablesAndLeaveEachOtherAlone() throws Exception {
        write("one/A.java", A);
        write("two/A.java", A);
        Warehouse warehouse = warehouse("w");
        extract(warehouse, "one");
        extract(warehouse, "two");
        Files.delete(folder.resolve("two/A.java"));
        extract(warehouse, "two");

        assertThat(warehouse.contents().get("source_files"))
                .singleElement()
                .asString()
                .contains("| one |");
        assertThat(extract(warehouse, "one")).isEmpty();
    }

    @Test
    void anotherRepositoryHasToWaitForAnUnfinishedRevision() throws Exception {
        write("one/A.java", A);
        write("two/A.java", A);
        Warehouse warehouse = warehouse("w");
        extract(warehouse, "one");
        write("one/A.java", A + " ");
        extract(warehouse, "one");
        lose(warehouse, ExtractedTable.DEFS);

        assertThatThrownBy(() -> extract(warehouse, "two"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Extract one again first");
    }

    private static String source(int i) {
        StringBuilder source = new StringBuilder("package p; import java.util.List; class A {\n");
        for (int method = i % 3; method < 4 + i; method++) {
            source.append("@Deprecated void m").append(method).append("(List<String> l) { go(");
            source.append(method * (i / 2)).append("); l.get(0).length(); }\n");
        }
        return source.append("}\n").toString();
    }

    /** Takes the newest version from a table and those that are written after it. */
    private static void lose(Warehouse warehouse, ExtractedTable from) throws IOException {
        for (ExtractedTable table : ExtractedTable.values()) {
            if (table.compareTo(from) >= 0) {
                warehouse.undo(table);
            }
        }
    }

    private Warehouse warehouse(String name) {
        return new Warehouse(folder.resolve("warehouses").resolve(name));
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<RevisionReport> extract(Warehouse warehouse, String source) throws IOException {
        FileExtraction files = new FileExtraction(List.of(new JavaExtractor()), line -> {});
        Extraction extraction = new Extraction(warehouse.folder(), files, line -> {});
        List<RevisionReport> reports = new ArrayList<>();
        for (SourceTree tree :
                SourceTrees.open(
                        List.of(folder.resolve(source)),
                        Optional.empty(),
                        RevisionRange.DEFAULT,
                        files::accepts)) {
            try (tree) {
                reports.addAll(extraction.run(tree, Optional.empty()));
            }
        }
        return reports;
    }
}
