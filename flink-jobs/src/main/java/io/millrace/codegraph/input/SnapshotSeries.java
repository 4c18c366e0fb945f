package io.millrace.codegraph.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Snapshots of one repository, as consecutive revisions. What the history ends with, and all before
 * it, is done; so is a release that it has anywhere. A folder may come back to an earlier state.
 */
final class SnapshotSeries implements SourceTree {
    private final String repository;
    private final List<Snapshot> snapshots;

    SnapshotSeries(String repository, List<Snapshot> snapshots) {
        this.repository = repository;
        this.snapshots = List.copyOf(snapshots);
    }

    @Override
    public String repository() {
        return repository;
    }

    @Override
    public List<Revision> revisionsAfter(RevisionHistory history) throws IOException {
        List<Revision> wanted = new ArrayList<>();
        Optional<String> newest = history.newest();
        for (Snapshot snapshot : snapshots) {
            Revision revision = snapshot.revision();
            if (newest.isPresent() && newest.get().equals(revision.id())) {
                wanted.clear();
            } else if (!snapshot.released() || !history.contains(revision.id())) {
                wanted.add(revision);
            }
        }
        return wanted;
    }

    @Override
    public void close() {}
}
