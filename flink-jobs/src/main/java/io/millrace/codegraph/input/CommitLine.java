package io.millrace.codegraph.input;

import io.millrace.cli.UsageException;
import io.millrace.delta.table.RefusedException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** The first-parent line of a git repository, and what of it is still to be extracted. */
final class CommitLine implements Closeable {
    private final Repository git;
    private final String repository;
    private final RevWalk walk;

    CommitLine(Repository git, String repository) {
        this.git = git;
        this.repository = repository;
        this.walk = new RevWalk(git);
    }

    @Override
    public void close() {
        walk.close();
    }

    /** Commits of the range that the history does not have, oldest first. */
    List<RevCommit> after(RevisionHistory history, RevisionRange range) throws IOException {
        if (range.to().isEmpty() && git.resolve("HEAD") == null) {
            return List.of();
        }
        RevCommit to = resolve(range.to().orElse("HEAD"));
        Optional<RevCommit> from =
                range.from().isEmpty()
                        ? Optional.empty()
                        : Optional.of(resolve(range.from().get()));
        Optional<RevCommit> newest = newest(history);
        if (newest.isEmpty()) {
            return line(to, from, commit -> true);
        }
        Set<RevCommit> missing = reachable(to, newest.get());
        return missing.isEmpty()
                ? nothingOf(to, newest.get(), history)
                : line(to, from, missing::contains);
    }

    private List<RevCommit> line(
            RevCommit to, Optional<RevCommit> from, Predicate<RevCommit> missing)
            throws IOException {
        List<RevCommit> line = new ArrayList<>();
        boolean reached = false;
        for (RevCommit commit = to; commit != null && !reached; commit = firstParent(commit)) {
            if (missing.test(commit)) {
                line.add(commit);
                reached = from.isPresent() && from.get().equals(commit);
            } else {
                reached = true;
            }
        }
        if (from.isPresent() && !reached) {
            throw new UsageException(
                    String.format(
                            "%s: cannot extract from %s to %s: the first is not on the first-parent"
                                    + " line of the second. Give two commits of one line.",
                            repository, from.get().name(), to.name()));
        }
        int length = reached ? line.size() : Math.min(line.size(), RevisionRange.DEFAULT_LENGTH);
        List<RevCommit> oldestFirst = new ArrayList<>(line.subList(0, length));
        Collections.reverse(oldestFirst);
        return oldestFirst;
    }

    /** What a commit has in its history that the newest extracted one has not. */
    private Set<RevCommit> reachable(RevCommit to, RevCommit newest) throws IOException {
        Set<RevCommit> missing = new HashSet<>();
        walk.markStart(to);
        walk.markUninteresting(newest);
        for (RevCommit commit : walk) {
            missing.add(commit);
        }
        walk.reset();
        return missing;
    }

    /** The newest extracted commit, if this clone has it: a shallow one may not. */
    private Optional<RevCommit> newest(RevisionHistory history) throws IOException {
        if (history.newest().isEmpty() || !ObjectId.isId(history.newest().get())) {
            return Optional.empty();
        }
        try {
            return Optional.of(walk.parseCommit(ObjectId.fromString(history.newest().get())));
        } catch (MissingObjectException e) {
            return Optional.empty();
        }
    }

    private List<RevCommit> nothingOf(RevCommit to, RevCommit newest, RevisionHistory history) {
        if (history.contains(to.name())) {
            return List.of();
        }
        throw new RefusedException(
                String.format(
                        "%s: cannot extract revision %s: the newer revision %s is already there."
                                + " Extract older revisions into another warehouse.",
                        repository, to.name(), newest.name()));
    }

    /** The parent on the line; null at its end, which in a shallow clone is where that was cut. */
    private RevCommit firstParent(RevCommit commit) throws IOException {
        return commit.getParentCount() == 0 ? null : walk.parseCommit(commit.getParent(0));
    }

    private RevCommit resolve(String revision) throws IOException {
        try {
            ObjectId id = git.resolve(revision + "^{commit}");
            if (id != null) {
                return walk.parseCommit(id);
            }
        } catch (RevisionSyntaxException | MissingObjectException e) {
            throw noSuchRevision(revision, e);
        }
        throw noSuchRevision(revision, null);
    }

    private UsageException noSuchRevision(String revision, Exception cause) {
        UsageException failure =
                new UsageException(
                        String.format("%s: there is no revision %s.", repository, revision));
        failure.initCause(cause);
        return failure;
    }
}
