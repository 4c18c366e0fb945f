package io.millrace.delta.source.split;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.parquet.ByteRange;
import io.millrace.delta.source.Delivery;
import io.millrace.delta.source.changes.FileChange;
import java.util.Comparator;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * One file, or a part of one, to read for one version of a table.
 *
 * @param version of the table that the rows belong to
 * @param ordinal distinguishes the splits of a version
 * @param timestamp of the version's commit, epoch milliseconds
 * @param schemaVersion version of the table whose metadata describes the file's columns; if it is
 *     not after {@code version}, that of {@code version} is the same
 * @param change what to read and what it means
 * @param range the part of the file
 * @param nextPosition index in the file of the next row to read
 * @param delivery what becomes of the rows until their version is complete
 */
@Internal
public record DeltaSplit(
        long version,
        int ordinal,
        long timestamp,
        long schemaVersion,
        FileChange change,
        ByteRange range,
        long nextPosition,
        Delivery delivery)
        implements SourceSplit {

    /** The order in which splits are handed out. */
    public static final Comparator<DeltaSplit> READING_ORDER =
            Comparator.comparingLong(DeltaSplit::version).thenComparingInt(DeltaSplit::ordinal);

    public DeltaSplit {
        requireNonNull(change, "change is null");
        requireNonNull(range, "range is null");
        requireNonNull(delivery, "delivery is null");
    }

    /** Rows that are kept. */
    public DeltaSplit(
            long version,
            int ordinal,
            long timestamp,
            long schemaVersion,
            FileChange change,
            ByteRange range,
            long nextPosition) {
        this(
                version,
                ordinal,
                timestamp,
                schemaVersion,
                change,
                range,
                nextPosition,
                Delivery.KEPT);
    }

    /** The whole file. */
    public DeltaSplit(
            long version,
            int ordinal,
            long timestamp,
            long schemaVersion,
            FileChange change,
            long nextPosition) {
        this(version, ordinal, timestamp, schemaVersion, change, ByteRange.ALL, nextPosition);
    }

    /**
     * The same for all: Flink keeps metrics and an output for each id that it has ever seen, and
     * splits are as many as files. What tells splits apart is version and ordinal.
     */
    @Override
    public String splitId() {
        return "files";
    }

    /** How much of the file the split is, in bytes as they are stored; 0 if that is not known. */
    public long bytes() {
        long size = Math.max(0, change.file().size());
        return Math.max(0, Math.min(size, range.end()) - range.start());
    }

    /** Whether this is a part of the first snapshot. */
    public boolean isOfSnapshot() {
        return change instanceof FileChange.SnapshotRows;
    }

    /** This split with the rows before {@code position} done. */
    public DeltaSplit at(long position) {
        return new DeltaSplit(
                version, ordinal, timestamp, schemaVersion, change, range, position, delivery);
    }
}
