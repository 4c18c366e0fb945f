package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

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

    /** Whether rows of the table may go without a key that says so. */
    default boolean deletes() {
        return !(this instanceof Changes);
    }
}
