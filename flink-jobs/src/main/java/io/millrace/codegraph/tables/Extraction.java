package io.millrace.codegraph.tables;

import static java.util.Objects.requireNonNull;

import io.millrace.codegraph.input.Revision;
import io.millrace.codegraph.input.RevisionHistory;
import io.millrace.codegraph.input.SourceTree;
import io.millrace.codegraph.input.TreeFile;
import io.millrace.delta.table.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Extracts the revisions of source trees into the tables of a warehouse: each revision is one
 * version of each table, also where nothing changed. What a killed extraction left is completed
 * first, from the first table that lacks the revision on. One extraction at a time may write to a
 * warehouse.
 */
public final class Extraction {
    private final Path warehouse;
    private final FileExtraction files;
    private final Consumer<String> progress;

    public Extraction(Path warehouse, FileExtraction files, Consumer<String> progress) {
        this.warehouse = requireNonNull(warehouse, "warehouse is null");
        this.files = requireNonNull(files, "files is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /**
     * Extracts what the tables lack of a tree.
     *
     * @param follow recorded for later refreshes: what they are to extract further
     * @return the revisions that were extracted, oldest first
     */
    public List<RevisionReport> run(SourceTree tree, Optional<String> follow) throws IOException {
        ExtractedRevisions extracted = new ExtractedRevisions(warehouse);
        String repository = tree.repository();
        RevisionMark done = extracted.newestDone();
        RevisionMark begun = extracted.newestBegun();
        boolean pending = begun.number() > done.number();
        RevisionMark unfinished = pending ? begun : done;
        boolean damaged = pending || done.abandoned();
        if (damaged && !unfinished.repository().equals(repository)) {
            throw new RefusedException(
                    String.format(
                            "%s: cannot extract into the warehouse at version %d: revision %s of %s"
                                    + " is not in all tables. Extract %s again first.",
                            repository,
                            unfinished.number(),
                            unfinished.revision(),
                            unfinished.repository(),
                            unfinished.repository()));
        }
        List<Revision> revisions = tree.revisionsAfter(extracted.of(repository));
        if (revisions.isEmpty() && damaged) {
            revisions = newestOf(tree);
        }
        if (revisions.isEmpty()) {
            return List.of();
        }
        boolean resumed = pending && revisions.get(0).id().equals(begun.revision());
        try (TargetTables tables = TargetTables.open(extracted)) {
            if (pending && !resumed) {
                progress.accept(
                        repository + ": revision " + begun.revision() + " is gone; going on");
                tables.commit(begun.abandonedAfter(done), List.of(), List.of());
            }
            Run run = new Run(tables, repository, follow, revisions.size());
            return run.extract(
                    revisions,
                    resumed ? Optional.of(begun) : Optional.empty(),
                    pending && !resumed ? begun.abandonedAfter(done) : done,
                    damaged && !resumed);
        }
    }

    /** The newest revision of a tree, whatever was extracted before. */
    private static List<Revision> newestOf(SourceTree tree) throws IOException {
        List<Revision> all = tree.revisionsAfter(RevisionHistory.NONE);
        return all.isEmpty() ? all : all.subList(all.size() - 1, all.size());
    }

    /** One run over the revisions of one tree. */
    private final class Run {
        private final TargetTables tables;
        private final String repository;
        private final Optional<String> follow;
        private final int count;
        private final List<RevisionReport> reports = new ArrayList<>();

        Run(TargetTables tables, String repository, Optional<String> follow, int count) {
            this.tables = tables;
            this.repository = repository;
            this.follow = follow;
            this.count = count;
        }

        /**
         * @param resumed mark of the first revision, if some tables have it already
         * @param everything whether all files are extracted for the first revision, since the
         *     tables do not agree about what they hold
         */
        List<RevisionReport> extract(
                List<Revision> revisions,
                Optional<RevisionMark> resumed,
                RevisionMark before,
                boolean everything)
                throws IOException {
            RevisionMark mark = before;
            for (Revision revision : revisions) {
                RevisionMark next = mark.next(repository, revision.id(), follow);
                boolean first = reports.isEmpty();
                mark = first ? resumed.orElse(next) : next;
                reports.add(extract(revision, mark, first && everything));
            }
            return reports;
        }

        private RevisionReport extract(Revision revision, RevisionMark mark, boolean everything)
                throws IOException {
            List<TreeFile> all = revision.files();
            FileChanges changes = everything ? everything(all) : changes(all);
            progress.accept(
                    String.format(
                            "%s: revision %s (%d of %d): %d of %d files to extract, %d deleted",
                            repository,
                            revision.id(),
                            reports.size() + 1,
                            count,
                            changes.changed().size(),
                            all.size(),
                            changes.deleted().size()));
            List<TableReport> written =
                    tables.commit(
                            mark, files.extract(repository, changes.changed()), changes.deleted());
            tables.files().put(repository, changes.hashByPath());
            return new RevisionReport(
                    repository,
                    revision.id(),
                    all.size(),
                    changes.changed().size(),
                    changes.deleted().size(),
                    written);
        }

        private FileChanges changes(List<TreeFile> all) {
            return FileChanges.between(repository, tables.files().of(repository), all);
        }

        private FileChanges everything(List<TreeFile> all) {
            FileChanges changes = FileChanges.between(repository, Map.of(), all);
            Set<String> leftBehind = new HashSet<>(tables.filesOf(repository));
            leftBehind.removeAll(changes.idsOf(repository));
            return changes.andDeleted(leftBehind);
        }
    }
}
