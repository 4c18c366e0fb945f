package io.millrace.delta.parquet;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.RowPositions;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/** Which rows of a file are read. */
@Internal
public sealed interface RowSelection {

    boolean selects(long position);

    /** No row before it is selected. */
    default long firstPosition() {
        return 0;
    }

    static RowSelection all() {
        return new All();
    }

    /** All rows but those in {@code skip}. */
    static RowSelection except(Optional<RowPositions> skip) {
        return skip.<RowSelection>map(Except::new).orElseGet(All::new);
    }

    /** Only the rows in {@code keep}. */
    static RowSelection only(RowPositions keep) {
        return new Only(keep);
    }

    /** This selection without the rows before {@code position}. */
    default RowSelection startingAt(long position) {
        return position == 0 ? this : new StartingAt(this, position);
    }

    record All() implements RowSelection {
        @Override
        public boolean selects(long position) {
            return true;
        }
    }

    record Except(RowPositions skip) implements RowSelection {
        public Except {
            requireNonNull(skip, "skip is null");
        }

        @Override
        public boolean selects(long position) {
            return !skip.contains(position);
        }
    }

    record Only(RowPositions keep) implements RowSelection {
        public Only {
            requireNonNull(keep, "keep is null");
        }

        @Override
        public boolean selects(long position) {
            return keep.contains(position);
        }
    }

    record StartingAt(RowSelection of, long position) implements RowSelection {
        @Override
        public long firstPosition() {
            return Math.max(position, of.firstPosition());
        }

        @Override
        public boolean selects(long candidate) {
            return candidate >= position && of.selects(candidate);
        }
    }
}
