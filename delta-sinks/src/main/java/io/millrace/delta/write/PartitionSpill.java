package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;

/**
 * Rows of partitions that have no open file: they wait in files on local disk, in buckets of
 * partitions, and go into files of the table when the writer finishes, a few partitions at a time.
 * The place of a row is known when it comes, as rows of one file keep their order.
 */
final class PartitionSpill implements Closeable {

    private static final int BUCKETS = 64;
    private static final int BUFFER = 1 << 15;
    private static final int NO_TYPE = -1;

    private final Path folder;
    private final RowDataSerializer serializer;
    private final int arity;
    private final long fileSize;
    private final DataOutputStream[] buckets = new DataOutputStream[BUCKETS];
    private final Map<Partition, SpilledFile> newest = new HashMap<>();
    private final List<SpilledFile> files = new ArrayList<>();

    /** A file of the table that is not begun yet. */
    static final class SpilledFile {

        private final int number;
        private final Partition partition;
        private final String path;
        private long rows;
        private long bytes;

        private SpilledFile(int number, Partition partition, String path) {
            this.number = number;
            this.partition = partition;
            this.path = path;
        }

        /** Path relative to the table, not encoded. */
        String path() {
            return path;
        }
    }

    /** Names a new file. */
    @FunctionalInterface
    interface Namer {
        String pathIn(Partition partition);
    }

    /** Opens a file, and closes it. */
    interface Target {
        OpenFile open(Partition partition, String path) throws IOException;

        /** A row was written. */
        void wrote() throws IOException;

        void close(OpenFile file) throws IOException;
    }

    /**
     * @param parent where a folder of its own is made
     * @param fileSize bytes of rows, before compression, from which on a partition gets another
     *     file
     */
    PartitionSpill(Path parent, RowType type, long fileSize) throws IOException {
        this.folder = Files.createTempDirectory(parent, "millrace-partitions-");
        this.serializer = new RowDataSerializer(requireNonNull(type, "type is null"));
        this.arity = type.getFieldCount();
        this.fileSize = fileSize;
    }

    boolean holds(Partition partition) {
        return newest.containsKey(partition);
    }

    /** The file that the next row of the partition goes into. */
    SpilledFile fileOf(Partition partition, Namer namer) {
        SpilledFile file = newest.get(partition);
        if (file == null || file.bytes >= fileSize) {
            file = new SpilledFile(files.size(), partition, namer.pathIn(partition));
            files.add(file);
            newest.put(partition, file);
        }
        return file;
    }

    /**
     * Adds a row.
     *
     * @param type what happened to it, or null
     * @return its position in the file
     */
    long add(SpilledFile file, RowData row, ChangeType type) throws IOException {
        BinaryRowData binary = serializer.toBinaryRow(row);
        DataOutputStream out = bucket(Math.floorMod(file.partition.hashCode(), BUCKETS));
        out.writeInt(file.number);
        out.writeByte(type == null ? NO_TYPE : type.code());
        int size = binary.getSizeInBytes();
        out.writeInt(size);
        if (binary.getSegments().length == 1 && !binary.getSegments()[0].isOffHeap()) {
            out.write(binary.getSegments()[0].getArray(), binary.getOffset(), size);
        } else {
            out.write(
                    org.apache.flink.table.data.binary.BinarySegmentUtils.copyToBytes(
                            binary.getSegments(), binary.getOffset(), size));
        }
        file.bytes += size;
        return file.rows++;
    }

    private DataOutputStream bucket(int number) throws IOException {
        if (buckets[number] == null) {
            buckets[number] =
                    new DataOutputStream(
                            new BufferedOutputStream(Files.newOutputStream(path(number)), BUFFER));
        }
        return buckets[number];
    }

    private Path path(int bucket) {
        return folder.resolve("bucket-" + bucket);
    }

    /**
     * Writes all rows into files of the table and forgets them.
     *
     * @param open files that may be open at a time; a bucket is read as often as that needs
     */
    void drain(Target target, int open) throws IOException {
        List<List<Integer>> byBucket = new ArrayList<>();
        for (int i = 0; i < BUCKETS; i++) {
            byBucket.add(new ArrayList<>());
        }
        for (SpilledFile file : files) {
            byBucket.get(Math.floorMod(file.partition.hashCode(), BUCKETS)).add(file.number);
        }
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if (buckets[bucket] == null) {
                continue;
            }
            buckets[bucket].close();
            buckets[bucket] = null;
            List<Integer> numbers = byBucket.get(bucket);
            for (int from = 0; from < numbers.size(); from += open) {
                drain(bucket, numbers.subList(from, Math.min(numbers.size(), from + open)), target);
            }
            Files.delete(path(bucket));
        }
        newest.clear();
        files.clear();
    }

    private void drain(int bucket, List<Integer> numbers, Target target) throws IOException {
        Map<Integer, OpenFile> opened = new HashMap<>();
        for (int number : numbers) {
            SpilledFile file = files.get(number);
            opened.put(number, target.open(file.partition, file.path));
        }
        byte[] bytes = new byte[1024];
        BinaryRowData row = new BinaryRowData(arity);
        try (DataInputStream in =
                new DataInputStream(
                        new BufferedInputStream(Files.newInputStream(path(bucket)), BUFFER))) {
            for (long left = Files.size(path(bucket)); left > 0; ) {
                OpenFile file = opened.get(in.readInt());
                int type = in.readByte();
                int size = in.readInt();
                left -= 2L * Integer.BYTES + 1 + size;
                if (file == null) {
                    in.skipNBytes(size);
                    continue;
                }
                if (bytes.length < size) {
                    bytes = new byte[2 * size];
                }
                in.readFully(bytes, 0, size);
                row.pointTo(MemorySegmentFactory.wrap(bytes), 0, size);
                if (type == NO_TYPE) {
                    file.write(row);
                } else {
                    file.write(row, ChangeType.of(type));
                }
                target.wrote();
            }
        }
        for (int number : numbers) {
            target.close(opened.get(number));
        }
    }

    /** Forgets all rows. */
    @Override
    public void close() throws IOException {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if (buckets[bucket] != null) {
                buckets[bucket].close();
                buckets[bucket] = null;
            }
            Files.deleteIfExists(path(bucket));
        }
        Files.deleteIfExists(folder);
    }
}
