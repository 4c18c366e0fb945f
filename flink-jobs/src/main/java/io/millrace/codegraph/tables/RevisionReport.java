package io.millrace.codegraph.tables;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What extracting one revision did.
 *
 * @param files files of the revision
 * @param extracted files that were read because they differ from the revision before
 * @param deleted files that are gone
 * @param tables those written; a resumed revision has only the ones that lacked it
 */
public record RevisionReport(
        String repository,
        String revision,
        int files,
        int extracted,
        int deleted,
        List<TableReport> tables) {
    public RevisionReport {
        requireNonNull(repository, "repository is null");
        requireNonNull(revision, "revision is null");
        tables = List.copyOf(tables);
    }
}
