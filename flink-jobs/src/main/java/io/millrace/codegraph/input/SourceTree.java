package io.millrace.codegraph.input;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Source code that comes in revisions. Its revisions may be read until it is closed. */
public sealed interface SourceTree extends Closeable permits GitTree, SnapshotSeries {
    /**
     * Name of what the revisions are revisions of. It is part of every id, so it does not name the
     * release or the folder that the sources happen to lie in where that can be told apart.
     */
    String repository();

    /**
     * The revisions to extract after those in the history, oldest first.
     *
     * @throws io.millrace.cli.UsageException a revision asked for does not exist
     * @throws io.millrace.delta.table.RefusedException they are older than what was extracted
     */
    List<Revision> revisionsAfter(RevisionHistory history) throws IOException;
}
