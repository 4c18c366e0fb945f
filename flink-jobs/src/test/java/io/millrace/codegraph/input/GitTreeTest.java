package io.millrace.codegraph.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.UsageException;
import io.millrace.delta.table.RefusedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.MergeCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitTreeTest {
    @TempDir private Path folder;

    @Test
    void eachCommitIsARevisionWithItsFiles() throws Exception {
        try (GitWorkTree work = work()) {
            String first = work.write("a/A.java", "class A {}").write("b.txt", "no").commit();
            String second = work.write("a/B.java", "class B {}").delete("a/A.java").commit();
            work.write("a/Uncommitted.java", "class Uncommitted {}");

            try (SourceTree tree = open(RevisionRange.DEFAULT)) {
                List<Revision> revisions = tree.revisionsAfter(FixedHistory.of());

                assertThat(tree.repository()).isEqualTo("project");
                assertThat(revisions).extracting(Revision::id).containsExactly(first, second);
                assertThat(revisions.get(0).files())
                        .extracting(TreeFile::path)
                        .containsExactly("a/A.java");
                TreeFile file = revisions.get(1).files().get(0);
                assertThat(file.path()).isEqualTo("a/B.java");
                byte[] content = "class B {}".getBytes(StandardCharsets.UTF_8);
                assertThat(file.content().read()).isEqualTo(content);
                assertThat(file.sha256()).isEqualTo(Sha256.hex(content));
            }
        }
    }

    @Test
    void theFirstTimeTheLastTwentyCommitsAreTaken() throws Exception {
        try (GitWorkTree work = work()) {
            List<String> commits = commits(work, 23);

            assertThat(ids(RevisionRange.DEFAULT)).isEqualTo(commits.subList(3, 23));
        }
    }

    @Test
    void laterOnlyWhatCameAfterTheNewestExtracted() throws Exception {
        try (GitWorkTree work = work()) {
            List<String> commits = commits(work, 25);

            assertThat(ids(RevisionRange.DEFAULT, commits.get(2)))
                    .isEqualTo(commits.subList(3, 25));
            assertThat(ids(RevisionRange.DEFAULT, commits.get(24))).isEmpty();
        }
    }

    @Test
    void aRangeIncludesBothItsEnds() throws Exception {
        try (GitWorkTree work = work()) {
            List<String> commits = commits(work, 6);

            assertThat(ids(range(commits.get(1), "HEAD~2"))).isEqualTo(commits.subList(1, 4));
            assertThat(ids(range(commits.get(1), "HEAD"), commits.get(3)))
                    .isEqualTo(commits.subList(4, 6));
        }
    }

    @Test
    void mergedBranchesAreOneRevision() throws Exception {
        try (GitWorkTree work = work()) {
            String base = work.write("A.java", "class A {}").commit();
            work.git().checkout().setCreateBranch(true).setName("side").call();
            work.write("B.java", "class B {}").commit();
            String tip = work.write("B.java", "class B { int b; }").commit();
            work.git().checkout().setName("main").call();
            String main = work.write("C.java", "class C {}").commit();
            work.git()
                    .merge()
                    .include(work.git().getRepository().resolve("side"))
                    .setFastForward(MergeCommand.FastForwardMode.NO_FF)
                    .call();
            String merge = work.git().getRepository().resolve("HEAD").name();

            assertThat(ids(RevisionRange.DEFAULT)).containsExactly(base, main, merge);
            assertThat(ids(RevisionRange.DEFAULT, tip)).containsExactly(main, merge);
        }
    }

    @Test
    void afterRewrittenHistoryGoesOnFromWhereTheLinesPart() throws Exception {
        try (GitWorkTree work = work()) {
            String base = work.write("A.java", "class A {}").commit();
            String old = work.write("A.java", "class A { int old; }").commit();
            work.git().checkout().setCreateBranch(true).setName("new").setStartPoint(base).call();
            String rewritten = work.write("A.java", "class A { int rewritten; }").commit();

            assertThat(ids(RevisionRange.DEFAULT, base, old)).containsExactly(rewritten);
        }
    }

    @Test
    void olderRevisionsThanTheExtractedOnesAreRefused() throws Exception {
        try (GitWorkTree work = work()) {
            List<String> commits = commits(work, 3);

            assertThat(ids(range("HEAD~1", "HEAD~1"), commits.get(1), commits.get(2))).isEmpty();
            assertThatThrownBy(() -> ids(range("HEAD~1", "HEAD~1"), commits.get(2)))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining(commits.get(1))
                    .hasMessageContaining("another warehouse");
        }
    }

    @Test
    void readsShallowClonesToTheirEnd() throws Exception {
        try (GitWorkTree work = work()) {
            List<String> commits = commits(work, 5);
            Path clone = folder.resolve("elsewhere");
            Git.cloneRepository()
                    .setURI(folder.resolve("project").toUri().toString())
                    .setDirectory(clone.toFile())
                    .setDepth(2)
                    .call()
                    .close();

            try (SourceTree tree = open(clone, RevisionRange.DEFAULT)) {
                assertThat(tree.repository()).isEqualTo("project");
                assertThat(tree.revisionsAfter(FixedHistory.of()))
                        .extracting(Revision::id)
                        .isEqualTo(commits.subList(3, 5));
                assertThat(tree.revisionsAfter(FixedHistory.of(commits.get(0)))).hasSize(2);
            }
        }
    }

    @Test
    void anEmptyRepositoryHasNoRevisions() throws Exception {
        try (GitWorkTree work = work()) {
            assertThat(work.git().getRepository().resolve("HEAD")).isNull();
            assertThat(ids(RevisionRange.DEFAULT)).isEmpty();
        }
    }

    @Test
    void unknownRevisionsAreUsageErrors() throws Exception {
        try (GitWorkTree work = work()) {
            commits(work, 2);

            assertThatThrownBy(() -> ids(range("nowhere", "HEAD")))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("nowhere");
            assertThatThrownBy(() -> ids(range("HEAD", "HEAD~1")))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("first-parent");
        }
    }

    private GitWorkTree work() throws Exception {
        return new GitWorkTree(folder.resolve("project"));
    }

    private static List<String> commits(GitWorkTree work, int count) throws Exception {
        List<String> commits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            commits.add(work.write("A.java", "class A { int f" + i + "; }").commit());
        }
        return commits;
    }

    private static RevisionRange range(String from, String to) {
        return new RevisionRange(Optional.of(from), Optional.of(to));
    }

    private List<String> ids(RevisionRange range, String... extracted) throws Exception {
        try (SourceTree tree = open(range)) {
            return tree.revisionsAfter(FixedHistory.of(extracted)).stream()
                    .map(Revision::id)
                    .toList();
        }
    }

    private SourceTree open(RevisionRange range) throws Exception {
        return open(folder.resolve("project"), range);
    }

    private static SourceTree open(Path path, RevisionRange range) throws Exception {
        return SourceTrees.open(
                        List.of(path), Optional.empty(), range, file -> file.endsWith(".java"))
                .get(0);
    }
}
