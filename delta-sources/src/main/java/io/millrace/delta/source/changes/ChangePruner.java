package io.millrace.delta.source.changes;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.scan.FilePruner;
import io.millrace.delta.scan.Predicate;
import io.millrace.delta.scan.Predicates;
import io.millrace.delta.source.changes.FileChange.AddedRows;
import io.millrace.delta.source.changes.FileChange.RestoredRows;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.VersionActions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;

/**
 * Leaves out the files of a commit none of whose rows can satisfy a predicate.
 *
 * <p>Each change row stands for itself: an update whose pre-image satisfies the predicate and whose
 * post-image does not is a retraction for whoever filters exactly, so a file that has only the one
 * may be skipped without the other. The statistics of an added file are of the rows that it has
 * after the commit; of rows that leave the table only the partition is known.
 */
@Internal
public final class ChangePruner {

    private final Predicate filter;
    private final FilePruner files;

    public ChangePruner(Predicate filter, TableMetadata metadata) {
        this.filter = requireNonNull(filter, "filter is null");
        this.files = new FilePruner(filter, metadata);
    }

    /** The changes of {@code commit} that are to be read, in their order. */
    public List<FileChange> prune(List<FileChange> changes, VersionActions commit) {
        if (Predicates.isTrue(filter)) {
            return changes;
        }
        Map<String, DataFile> added = new HashMap<>();
        commit.adds().forEach(file -> added.put(file.path(), file));
        return changes.stream().filter(change -> keeps(change, added)).toList();
    }

    /** Whether the rows of a file of a snapshot are to be read. */
    public boolean keeps(DataFile file) {
        return files.keeps(file);
    }

    /** How many rows of a file satisfy the predicate at least. */
    public long certainRows(DataFile file) {
        return files.certainRows(file);
    }

    /** Files that were left out so far. */
    public long skipped() {
        return files.all() - files.kept();
    }

    private boolean keeps(FileChange change, Map<String, DataFile> added) {
        DataFile file = added.get(change.file().path());
        boolean live = change instanceof AddedRows || change instanceof RestoredRows;
        return (live && file != null)
                ? files.keeps(file)
                : files.keeps(change.file().partitionValues());
    }
}
