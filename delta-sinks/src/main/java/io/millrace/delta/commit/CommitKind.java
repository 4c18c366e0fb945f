package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.CommitOperation;
import java.io.Serializable;
import java.util.Set;

/** What a commit does with the rows that the table has already. */
public sealed interface CommitKind extends Serializable {

    /** Staged rows are added, or take the place of those with their keys. */
    record Changes() implements CommitKind {
        private static final long serialVersionUID = 1L;
    }

    /** Staged rows take the place of all rows of some partitions. */
    record Overwrite(Replaced replaced) implements CommitKind {
        private static final long serialVersionUID = 1L;

        public Overwrite {
            requireNonNull(replaced, "replaced is null");
        }
    }

    /**
     * Rows that a statement has read are deleted where they stand, staged rows are what has become
     * of them. Refused where somebody else has changed or moved one of the rows since.
     *
     * @param statement for messages, such as {@code UPDATE}
     */
    record RowLevel(String statement) implements CommitKind {
        private static final long serialVersionUID = 1L;

        public RowLevel {
            requireNonNull(statement, "statement is null");
        }
    }

    /**
     * Staged rows take the place of those with their keys, of which they have kept some columns.
     * Refused where somebody else has committed since these were read.
     *
     * @param kept columns that the statement does not name
     */
    record SomeColumns(Set<String> kept) implements CommitKind {
        private static final long serialVersionUID = 1L;

        public SomeColumns {
            kept = Set.copyOf(kept);
        }
    }

    /** Whether rows of the table may go without a key that says so. */
    default boolean deletes() {
        return this instanceof Overwrite || this instanceof RowLevel;
    }

    /** What the commit says that it is. */
    default CommitOperation operation() {
        if (this instanceof Overwrite) {
            return CommitOperation.WRITE;
        }
        return this instanceof RowLevel
                ? CommitOperation.MANUAL_UPDATE
                : CommitOperation.STREAMING_UPDATE;
    }
}
