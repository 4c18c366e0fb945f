package io.millrace.delta.source.changes;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.table.DeletionVector;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/** Rows of one file that are changes of one version of a table. */
@Internal
public sealed interface FileChange {

    FileToRead file();

    /** Rows of a change file; each says itself what happened to it. */
    record ChangeRows(FileToRead file) implements FileChange {
        public ChangeRows {
            requireNonNull(file, "file is null");
        }
    }

    /** Inserts: the rows of a file that became part of the table. */
    record AddedRows(FileToRead file, Optional<DeletionVector> deleted) implements FileChange {
        public AddedRows {
            requireNonNull(file, "file is null");
            requireNonNull(deleted, "deleted is null");
        }
    }

    /** Deletes: the rows of a file that ceased to be part of the table. */
    record RemovedRows(FileToRead file, Optional<DeletionVector> deleted) implements FileChange {
        public RemovedRows {
            requireNonNull(file, "file is null");
            requireNonNull(deleted, "deleted is null");
        }
    }

    /** Deletes: rows that the file's deletion vector has {@code now} and had not before. */
    record NewlyDeletedRows(FileToRead file, DeletionVector now, Optional<DeletionVector> before)
            implements FileChange {
        public NewlyDeletedRows {
            requireNonNull(file, "file is null");
            requireNonNull(now, "now is null");
            requireNonNull(before, "before is null");
        }
    }

    /** Inserts: rows that the file's deletion vector had {@code before} and has no longer. */
    record RestoredRows(FileToRead file, DeletionVector before, Optional<DeletionVector> now)
            implements FileChange {
        public RestoredRows {
            requireNonNull(file, "file is null");
            requireNonNull(before, "before is null");
            requireNonNull(now, "now is null");
        }
    }

    /** Inserts: the rows of a file of the snapshot that a source starts with. */
    record SnapshotRows(FileToRead file, Optional<DeletionVector> deleted) implements FileChange {
        public SnapshotRows {
            requireNonNull(file, "file is null");
            requireNonNull(deleted, "deleted is null");
        }
    }
}
