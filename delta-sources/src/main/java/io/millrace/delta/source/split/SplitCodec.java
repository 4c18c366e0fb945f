package io.millrace.delta.source.split;

import io.millrace.delta.parquet.ByteRange;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.source.Delivery;
import io.millrace.delta.source.changes.FileChange;
import io.millrace.delta.source.changes.FileChange.AddedRows;
import io.millrace.delta.source.changes.FileChange.ChangeRows;
import io.millrace.delta.source.changes.FileChange.NewlyDeletedRows;
import io.millrace.delta.source.changes.FileChange.RemovedRows;
import io.millrace.delta.source.changes.FileChange.RestoredRows;
import io.millrace.delta.source.changes.FileChange.SnapshotRows;
import io.millrace.delta.table.DeletionVector;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The bytes of a split. Format 1 had no byte range, format 2 no delivery; they are still read. The
 * numbers of the kinds are part of the format.
 */
final class SplitCodec {

    /** What is written. */
    static final int FORMAT = 3;

    private static final int WITHOUT_RANGE = 1;
    private static final int WITH_DELIVERY = 3;

    private static final byte CHANGES = 1;
    private static final byte ADDED = 2;
    private static final byte REMOVED = 3;
    private static final byte NEWLY_DELETED = 4;
    private static final byte RESTORED = 5;
    private static final byte SNAPSHOT = 6;

    private SplitCodec() {}

    static void write(DeltaSplit split, DataOutput out) throws IOException {
        out.writeLong(split.version());
        out.writeInt(split.ordinal());
        out.writeLong(split.timestamp());
        out.writeLong(split.schemaVersion());
        out.writeLong(split.nextPosition());
        out.writeLong(split.range().start());
        out.writeLong(split.range().end());
        out.writeByte(split.delivery().code());
        writeChange(split.change(), out);
    }

    static DeltaSplit read(int format, DataInput in) throws IOException {
        long version = in.readLong();
        int ordinal = in.readInt();
        long timestamp = in.readLong();
        long schemaVersion = in.readLong();
        long nextPosition = in.readLong();
        ByteRange range =
                format == WITHOUT_RANGE
                        ? ByteRange.ALL
                        : new ByteRange(in.readLong(), in.readLong());
        Delivery delivery = format < WITH_DELIVERY ? Delivery.KEPT : Delivery.of(in.readByte());
        return new DeltaSplit(
                version,
                ordinal,
                timestamp,
                schemaVersion,
                readChange(in),
                range,
                nextPosition,
                delivery);
    }

    private static void writeChange(FileChange change, DataOutput out) throws IOException {
        if (change instanceof ChangeRows) {
            writeHead(CHANGES, change.file(), out);
        } else if (change instanceof AddedRows added) {
            writeHead(ADDED, change.file(), out);
            writeVector(added.deleted(), out);
        } else if (change instanceof RemovedRows removed) {
            writeHead(REMOVED, change.file(), out);
            writeVector(removed.deleted(), out);
        } else if (change instanceof NewlyDeletedRows deleted) {
            writeHead(NEWLY_DELETED, change.file(), out);
            writeVector(Optional.of(deleted.now()), out);
            writeVector(deleted.before(), out);
        } else if (change instanceof RestoredRows restored) {
            writeHead(RESTORED, change.file(), out);
            writeVector(Optional.of(restored.before()), out);
            writeVector(restored.now(), out);
        } else if (change instanceof SnapshotRows snapshot) {
            writeHead(SNAPSHOT, change.file(), out);
            writeVector(snapshot.deleted(), out);
        }
    }

    private static FileChange readChange(DataInput in) throws IOException {
        byte kind = in.readByte();
        FileToRead file = readFile(in);
        return switch (kind) {
            case CHANGES -> new ChangeRows(file);
            case ADDED -> new AddedRows(file, readVector(in));
            case REMOVED -> new RemovedRows(file, readVector(in));
            case NEWLY_DELETED ->
                    new NewlyDeletedRows(file, readVector(in).orElseThrow(), readVector(in));
            case RESTORED -> new RestoredRows(file, readVector(in).orElseThrow(), readVector(in));
            case SNAPSHOT -> new SnapshotRows(file, readVector(in));
            default -> throw new IOException("a split of unknown kind " + kind);
        };
    }

    private static void writeHead(byte kind, FileToRead file, DataOutput out) throws IOException {
        out.writeByte(kind);
        writeText(file.path(), out);
        out.writeLong(file.size());
        out.writeInt(file.partitionValues().size());
        for (Map.Entry<String, String> entry : file.partitionValues().entrySet()) {
            writeText(entry.getKey(), out);
            out.writeBoolean(entry.getValue() != null);
            if (entry.getValue() != null) {
                writeText(entry.getValue(), out);
            }
        }
    }

    private static FileToRead readFile(DataInput in) throws IOException {
        String path = readText(in);
        long size = in.readLong();
        int count = in.readInt();
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String column = readText(in);
            values.put(column, in.readBoolean() ? readText(in) : null);
        }
        return new FileToRead(path, size, values);
    }

    private static void writeVector(Optional<DeletionVector> vector, DataOutput out)
            throws IOException {
        out.writeBoolean(vector.isPresent());
        if (vector.isPresent()) {
            DeletionVector present = vector.get();
            writeText(present.storageType(), out);
            writeText(present.pathOrInlineDv(), out);
            out.writeBoolean(present.offset().isPresent());
            out.writeInt(present.offset().orElse(0));
            out.writeInt(present.sizeInBytes());
            out.writeLong(present.cardinality());
        }
    }

    private static Optional<DeletionVector> readVector(DataInput in) throws IOException {
        if (!in.readBoolean()) {
            return Optional.empty();
        }
        String storageType = readText(in);
        String pathOrInlineDv = readText(in);
        boolean hasOffset = in.readBoolean();
        int offset = in.readInt();
        return Optional.of(
                new DeletionVector(
                        storageType,
                        pathOrInlineDv,
                        hasOffset ? OptionalInt.of(offset) : OptionalInt.empty(),
                        in.readInt(),
                        in.readLong()));
    }

    /** Inline vectors may be longer than what {@link DataOutput#writeUTF} takes. */
    static void writeText(String text, DataOutput out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String readText(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
