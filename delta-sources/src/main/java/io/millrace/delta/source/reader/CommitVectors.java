package io.millrace.delta.source.reader;

import io.millrace.delta.parquet.ColumnBatch;
import io.millrace.delta.parquet.vector.FieldVector;
import io.millrace.delta.source.SequencedRows;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.types.RowKind;

/** What a batch of rows says of the commit that they come from, as vectors. */
final class CommitVectors {

    private final int columns;

    private long version;
    private TimestampData timestamp = TimestampData.fromEpochMillis(0);

    /** By position in the vectors. */
    private StringData[] changeTypes = {};

    /**
     * @param columns number of columns read, behind which these stand
     */
    CommitVectors(int columns) {
        this.columns = columns;
    }

    /** Goes to other rows, and counts them by kind. */
    void fill(
            ColumnBatch read,
            VectorizedColumnBatch vectors,
            int[] picked,
            int count,
            ChangeKinds kinds,
            ReadBatch into)
            throws IOException {
        version = kinds.version();
        timestamp = TimestampData.fromEpochMillis(kinds.timestamp());
        if (changeTypes.length < read.rows()) {
            changeTypes = new StringData[read.rows()];
        }
        if (kinds.differ()) {
            for (int i = 0; i < count; i++) {
                RowKind kind = kinds.of(read, vectors, picked[i]);
                changeTypes[picked[i]] = ChangeTypes.column(kind);
                into.count(kind, 1);
            }
        } else {
            Arrays.fill(changeTypes, 0, read.rows(), ChangeTypes.column(kinds.ofAll()));
            into.count(kinds.ofAll(), count);
        }
    }

    /**
     * @param position by which {@link SequencedRows} knows the column
     */
    FieldVector field(int position) {
        if (position == SequencedRows.versionPosition(columns)) {
            return new Version();
        } else if (position == SequencedRows.timestampPosition(columns)) {
            return new Timestamp();
        }
        return new ChangeType();
    }

    private final class Version extends NeverNull {
        @Override
        public long getLong(int i) {
            return version;
        }
    }

    private final class Timestamp extends NeverNull {
        @Override
        public TimestampData getTimestamp(int i, int precision) {
            return timestamp;
        }
    }

    private final class ChangeType extends NeverNull {
        @Override
        public StringData getString(int i) {
            return changeTypes[i];
        }
    }

    private abstract static class NeverNull extends FieldVector {
        @Override
        public final boolean isNullAt(int i) {
            return false;
        }
    }
}
