package io.millrace.delta.commit;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableMetadata;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds files that a committable deletes rows of: staged, in the base, gone since, or never added.
 */
final class FileLookup {

    private final DeltaTable table;
    private final Merge merge;
    private final ForeignCommits foreign;
    private Map<String, DataFile> indexed;

    FileLookup(DeltaTable table, Merge merge, ForeignCommits foreign) {
        this.table = table;
        this.merge = merge;
        this.foreign = foreign;
    }

    FileToRead find(String path) throws IOException {
        StagedFile staged = merge.staged().get(path);
        if (staged != null) {
            return FileToRead.of(staged.file());
        }
        DataFile file = merge.files().get(path);
        if (file == null) {
            file = foreign.added().get(path);
        }
        if (file == null) {
            file = indexed().get(path);
        }
        return file == null ? dropped(path) : FileToRead.of(file);
    }

    /** A file of ours of which an earlier merge needed no row, so that no version ever had it. */
    private FileToRead dropped(String path) {
        TableMetadata metadata = merge.base().metadata();
        boolean keyInPath = metadata.key().stream().anyMatch(metadata.partitionColumns()::contains);
        if (keyInPath) {
            throw new RefusedException(
                    "%s: cannot commit on version %d: a row of %s is to be deleted, and no version since %d holds that file. Start again with --rebuild."
                            .formatted(
                                    table.location(),
                                    merge.base().version(),
                                    path,
                                    merge.committable().indexVersion()));
        }
        return new FileToRead(path, FileToRead.UNKNOWN_SIZE, Map.of());
    }

    private Map<String, DataFile> indexed() throws IOException {
        if (indexed == null) {
            indexed = new HashMap<>();
            long version = merge.committable().indexVersion();
            if (version >= 0) {
                try (CloseableIterator<DataFile> files = table.snapshot(version).files()) {
                    while (files.hasNext()) {
                        DataFile file = files.next();
                        indexed.put(file.path(), file);
                    }
                }
            }
        }
        return indexed;
    }
}
