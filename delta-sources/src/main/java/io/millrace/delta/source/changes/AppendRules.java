package io.millrace.delta.source.changes;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.source.OtherChanges;
import io.millrace.delta.source.ReadSpec;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.RemovedFile;
import io.millrace.delta.table.VersionActions;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * What a commit means for a reader of inserted rows alone: the files that it adds, if it takes
 * nothing away. Works without a change feed; change files are not looked at.
 */
@Internal
public final class AppendRules {

    private final ReadSpec spec;

    public AppendRules(ReadSpec spec) {
        this.spec = requireNonNull(spec, "spec is null");
    }

    /**
     * The files to read for the inserted rows of a version.
     *
     * @throws io.millrace.delta.table.RefusedException if the commit updates or deletes rows and
     *     that is not to be skipped
     */
    public List<FileChange> changes(VersionActions commit) {
        long removed = commit.removes().stream().filter(RemovedFile::dataChange).count();
        if (removed == 0) {
            return commit.adds().stream()
                    .filter(DataFile::dataChange)
                    .<FileChange>map(
                            add ->
                                    new FileChange.AddedRows(
                                            FileToRead.of(add), add.deletionVector()))
                    .toList();
        }
        if (spec.otherChanges() == OtherChanges.SKIP) {
            return List.of();
        }
        throw spec.refused(
                commit.version(),
                "the operation %s updates or deletes rows (%d files are removed or get deleted rows), and the read is append-only"
                        .formatted(commit.info().operation(), removed),
                "Read a changelog ('scan.mode' = 'changelog'), which needs the table's change feed,"
                        + " or leave such commits out ('scan.append-only.on-other-changes' ="
                        + " 'skip').");
    }
}
