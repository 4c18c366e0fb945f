package io.millrace.codegraph.input;

import io.millrace.cli.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * A git work tree: one revision for each commit on the first-parent line. What is not committed is
 * not read.
 */
final class GitTree implements SourceTree {
    private static final Pattern LAST_SEGMENT = Pattern.compile("([^/\\\\:]+?)(\\.git)?[/\\\\]*$");

    private final Repository git;
    private final String repository;
    private final RevisionRange range;
    private final Predicate<String> accepted;
    private final Map<ObjectId, String> sha256ByBlob = new HashMap<>();

    private GitTree(
            Repository git, String repository, RevisionRange range, Predicate<String> accepted) {
        this.git = git;
        this.repository = repository;
        this.range = range;
        this.accepted = accepted;
    }

    static GitTree open(
            Path workTree,
            Optional<String> repository,
            RevisionRange range,
            Predicate<String> accepted)
            throws IOException {
        Repository git =
                new FileRepositoryBuilder()
                        .setWorkTree(workTree.toFile())
                        .setMustExist(true)
                        .build();
        String name = repository.orElseGet(() -> nameOf(git, workTree));
        return new GitTree(git, name, range, accepted);
    }

    @Override
    public String repository() {
        return repository;
    }

    @Override
    public List<Revision> revisionsAfter(RevisionHistory history) throws IOException {
        try (CommitLine line = new CommitLine(git, repository)) {
            return line.after(history, range).stream().map(this::revision).toList();
        }
    }

    @Override
    public void close() {
        git.close();
    }

    /** A clone and its origin are the same repository, whatever their folders are called. */
    private static String nameOf(Repository git, Path workTree) {
        String origin = git.getConfig().getString("remote", "origin", "url");
        String named = origin == null ? workTree.toString() : origin;
        var matcher = LAST_SEGMENT.matcher(named);
        if (!matcher.find()) {
            throw new UsageException(workTree + ": has no name. Give one with --repo.");
        }
        return matcher.group(1);
    }

    private Revision revision(RevCommit commit) {
        return new Revision() {
            @Override
            public String id() {
                return commit.name();
            }

            @Override
            public List<TreeFile> files() throws IOException {
                return filesOf(commit);
            }
        };
    }

    private List<TreeFile> filesOf(RevCommit commit) throws IOException {
        List<TreeFile> files = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(git)) {
            walk.addTree(commit.getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                if (isFile(walk.getFileMode(0)) && accepted.test(walk.getPathString())) {
                    ObjectId blob = walk.getObjectId(0);
                    files.add(new TreeFile(walk.getPathString(), sha256(blob), () -> read(blob)));
                }
            }
        }
        files.sort(Comparator.comparing(TreeFile::path));
        return files;
    }

    private static boolean isFile(FileMode mode) {
        return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
    }

    private String sha256(ObjectId blob) throws IOException {
        String known = sha256ByBlob.get(blob);
        if (known == null) {
            known = Sha256.hex(read(blob));
            sha256ByBlob.put(blob, known);
        }
        return known;
    }

    private byte[] read(ObjectId blob) throws IOException {
        return git.open(blob).getCachedBytes(Integer.MAX_VALUE);
    }
}
