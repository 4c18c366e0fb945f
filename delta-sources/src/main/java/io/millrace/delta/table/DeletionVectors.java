package io.millrace.delta.table;

import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.deletionvectors.Base85Codec;
import io.delta.kernel.internal.deletionvectors.DeletionVectorUtils;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.zip.CRC32;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * Reads and writes deletion vectors (Delta protocol, "Deletion Vector Formats").
 *
 * <p>A file holds a version byte, then for each vector: its length (int32, big endian), the magic
 * number 1681511377 (int32, little endian), the portable 64-bit roaring bitmap, and the CRC-32 of
 * the last two (int32, big endian).
 */
public final class DeletionVectors {

    private static final int MAGIC = 1681511377;
    private static final byte FORMAT_VERSION = 1;

    private DeletionVectors() {}

    public static RowPositions load(DeltaTable table, DeletionVector vector) {
        RowPositions positions = new RowPositions();
        for (long position : read(table, vector)) {
            positions.add(position);
        }
        if (positions.cardinality() != vector.cardinality()) {
            throw new RefusedException(
                    table.location()
                            + ": cannot read deletion vector "
                            + vector.uniqueId()
                            + ": it deletes "
                            + positions.cardinality()
                            + " rows, the log says "
                            + vector.cardinality()
                            + ". The vector or the log is damaged; restore one of them.");
        }
        return positions;
    }

    private static long[] read(DeltaTable table, DeletionVector vector) {
        DeletionVectorDescriptor descriptor = ActionRows.toKernel(vector);
        try {
            return DeletionVectorUtils.loadNewDvAndBitmap(
                            table.engine(), table.location(), descriptor)
                    ._2
                    .toArray();
        } catch (RuntimeException e) {
            if (Damage.isOfStorage(e) || Damage.isGone(e)) {
                throw e;
            }
            throw new RefusedException(
                    table.location()
                            + ": cannot read deletion vector "
                            + vector.uniqueId()
                            + ": it is damaged: "
                            + Damage.reason(e)
                            + ". Restore its file from a copy, or rebuild the results (--rebuild)"
                            + " from a snapshot of a version that can be read.",
                    e);
        }
    }

    /**
     * Writes one file for all the given sets, in their order.
     *
     * @return for each key the descriptor of its vector
     */
    public static <K> Map<K, DeletionVector> write(
            DeltaTable table, Map<K, RowPositions> deletions) {
        Map<K, DeletionVector> vectors = new LinkedHashMap<>();
        if (deletions.isEmpty()) {
            return vectors;
        }
        UUID uuid = UUID.randomUUID();
        String name = Base85Codec.encodeUUID(uuid);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT_VERSION);
            for (Map.Entry<K, RowPositions> entry : deletions.entrySet()) {
                byte[] bitmap = serialized(entry.getValue());
                vectors.put(
                        entry.getKey(),
                        new DeletionVector(
                                "u",
                                name,
                                OptionalInt.of(out.size()),
                                bitmap.length,
                                entry.getValue().cardinality()));
                CRC32 crc = new CRC32();
                crc.update(bitmap);
                out.writeInt(bitmap.length);
                out.write(bitmap);
                out.writeInt((int) crc.getValue());
            }
            store(table, "/deletion_vector_" + uuid + ".bin", bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    table.location() + ": cannot write a deletion vector: " + e.getMessage(), e);
        }
        return vectors;
    }

    private static byte[] serialized(RowPositions positions) {
        byte[] bitmap = positions.toBytes();
        return ByteBuffer.allocate(Integer.BYTES + bitmap.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MAGIC)
                .put(bitmap)
                .array();
    }

    private static void store(DeltaTable table, String file, byte[] bytes) throws IOException {
        Path path = new Path(table.location() + file);
        try (FSDataOutputStream out =
                path.getFileSystem(table.storage().hadoop(table.location())).create(path, false)) {
            out.write(bytes);
        }
    }
}
