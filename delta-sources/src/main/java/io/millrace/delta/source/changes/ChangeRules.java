package io.millrace.delta.source.changes;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.source.changes.FileChange.AddedRows;
import io.millrace.delta.source.changes.FileChange.ChangeRows;
import io.millrace.delta.source.changes.FileChange.NewlyDeletedRows;
import io.millrace.delta.source.changes.FileChange.RemovedRows;
import io.millrace.delta.source.changes.FileChange.RestoredRows;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.RemovedFile;
import io.millrace.delta.table.VersionActions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/**
 * What a commit means for a reader of the change feed (Delta protocol, "Change Data Files").
 *
 * <p>If the commit has change files, they alone count. Else added and removed files count where
 * they change data, paired by path: a file that is only added is inserts, one that is only removed
 * is deletes, and one that is both has got another deletion vector.
 */
@Internal
public final class ChangeRules {

    private final PartitionValueLookup lookup;

    /**
     * @param lookup asked only for removed files that do not say their partition values, and only
     *     in partitioned tables
     */
    public ChangeRules(PartitionValueLookup lookup) {
        this.lookup = requireNonNull(lookup, "lookup is null");
    }

    /** The files to read for the changes of a version; deletes come before inserts. */
    public List<FileChange> changes(VersionActions commit, boolean partitioned) {
        if (!commit.changes().isEmpty()) {
            return commit.changes().stream()
                    .<FileChange>map(file -> new ChangeRows(FileToRead.of(file)))
                    .toList();
        }
        Map<String, DataFile> adds = new LinkedHashMap<>();
        commit.adds().forEach(add -> adds.put(add.path(), add));
        List<FileChange> deletes = new ArrayList<>();
        List<FileChange> inserts = new ArrayList<>();
        for (RemovedFile remove : commit.removes()) {
            DataFile add = adds.remove(remove.path());
            if (add != null && (add.dataChange() || remove.dataChange())) {
                vectorDifference(add, remove.deletionVector(), deletes, inserts);
            } else if (add == null && remove.dataChange()) {
                deletes.add(
                        new RemovedRows(
                                removed(remove, commit.version(), partitioned),
                                remove.deletionVector()));
            }
        }
        for (DataFile add : adds.values()) {
            if (add.dataChange()) {
                inserts.add(new AddedRows(FileToRead.of(add), add.deletionVector()));
            }
        }
        deletes.addAll(inserts);
        return deletes;
    }

    private static void vectorDifference(
            DataFile add,
            Optional<DeletionVector> before,
            List<FileChange> deletes,
            List<FileChange> inserts) {
        Optional<DeletionVector> now = add.deletionVector();
        if (now.map(DeletionVector::uniqueId).equals(before.map(DeletionVector::uniqueId))) {
            return;
        }
        FileToRead file = FileToRead.of(add);
        now.ifPresent(vector -> deletes.add(new NewlyDeletedRows(file, vector, before)));
        before.ifPresent(vector -> inserts.add(new RestoredRows(file, vector, now)));
    }

    private FileToRead removed(RemovedFile remove, long version, boolean partitioned) {
        Map<String, String> values =
                remove.partitionValues()
                        .orElseGet(
                                () ->
                                        partitioned
                                                ? lookup.partitionValues(remove.path(), version)
                                                : Map.of());
        return new FileToRead(remove.path(), remove.size().orElse(FileToRead.UNKNOWN_SIZE), values);
    }
}
