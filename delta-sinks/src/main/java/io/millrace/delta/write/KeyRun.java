package io.millrace.delta.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;

/**
 * Keys and their places in a file on the local disk, in the order of {@link KeyEntries}, 24 bytes
 * an entry; in memory the hash of each block's first key and a filter. Does not change.
 */
final class KeyRun implements Closeable {

    /** No place: the key is not in the run. Other than a key that was forgotten, which is. */
    static final long NOT_HERE = -2;

    private static final int WIDTH = 3;
    private static final int BLOCK_ENTRIES = 128;
    private static final int BLOCK_BYTES = BLOCK_ENTRIES * WIDTH * Long.BYTES;
    private static final int BLOCKS_AT_ONCE = 64;

    private final Path path;
    private final FileChannel channel;
    private final KeyFilter filter;
    private long[] firstHashes = new long[16];
    private int blocks;
    private long entries;

    private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    private final LongBuffer longs = block.asLongBuffer();
    private int inBlock = -1;
    private int blockEntries;

    private KeyRun(Path path, FileChannel channel, long atMost) {
        this.path = path;
        this.channel = channel;
        this.filter = new KeyFilter(atMost);
    }

    /**
     * Writes a run.
     *
     * @param atMost no less than there are entries
     */
    static KeyRun write(Path folder, KeyEntries from, long atMost) throws IOException {
        Files.createDirectories(folder);
        Path path = folder.resolve("millrace-keys-" + UUID.randomUUID());
        FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        KeyRun run = new KeyRun(path, channel, atMost);
        try {
            run.fill(from);
            return run;
        } catch (IOException | RuntimeException e) {
            run.close();
            throw e;
        }
    }

    private void fill(KeyEntries from) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(BLOCK_BYTES * BLOCKS_AT_ONCE);
        while (from.next()) {
            long hash = KeyIndex.hash(from.high(), from.low());
            if (entries % BLOCK_ENTRIES == 0) {
                if (blocks == firstHashes.length) {
                    firstHashes = Arrays.copyOf(firstHashes, blocks * 2);
                }
                firstHashes[blocks++] = hash;
            }
            filter.add(hash);
            entries++;
            out.putLong(from.high()).putLong(from.low()).putLong(from.place());
            if (!out.hasRemaining()) {
                write(out);
            }
        }
        write(out);
    }

    private void write(ByteBuffer out) throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
        out.clear();
    }

    /** The key's place, {@link KeyIndex#ABSENT} where it was forgotten, or {@link #NOT_HERE}. */
    long get(long high, long low) throws IOException {
        long hash = KeyIndex.hash(high, low);
        if (!filter.mayHold(hash)) {
            return NOT_HERE;
        }
        for (int b = firstBlock(hash); b < blocks; b++) {
            if (Long.compareUnsigned(firstHashes[b], hash) > 0) {
                return NOT_HERE;
            }
            load(b);
            int first = firstNotBefore(high, low);
            if (first < blockEntries) {
                boolean found = high(first) == high && low(first) == low;
                return found ? longs.get(first * WIDTH + 2) : NOT_HERE;
            }
        }
        return NOT_HERE;
    }

    /** Before it nothing can stand with this hash; keys with one hash may go over two blocks. */
    private int firstBlock(long hash) {
        int from = 0;
        int to = blocks - 1;
        while (from < to) {
            int middle = (from + to + 1) >>> 1;
            if (Long.compareUnsigned(firstHashes[middle], hash) < 0) {
                from = middle;
            } else {
                to = middle - 1;
            }
        }
        return from;
    }

    private int firstNotBefore(long high, long low) {
        int from = 0;
        int to = blockEntries;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (KeyEntries.compare(high(middle), low(middle), high, low) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private long high(int entry) {
        return longs.get(entry * WIDTH);
    }

    private long low(int entry) {
        return longs.get(entry * WIDTH + 1);
    }

    private void load(int number) throws IOException {
        if (inBlock != number) {
            blockEntries = (int) Math.min(BLOCK_ENTRIES, entries - (long) number * BLOCK_ENTRIES);
            inBlock = -1;
            block.clear().limit(blockEntries * WIDTH * Long.BYTES);
            readFully(block, (long) number * BLOCK_BYTES);
            inBlock = number;
        }
    }

    private void readFully(ByteBuffer into, long position) throws IOException {
        long next = position;
        while (into.hasRemaining()) {
            int read = channel.read(into, next);
            if (read < 0) {
                throw new IOException(path + ": was cut while it was in use");
            }
            next += read;
        }
    }

    long entries() {
        return entries;
    }

    /** Bytes in memory. */
    long sizeInBytes() {
        return filter.sizeInBytes() + (long) firstHashes.length * Long.BYTES + BLOCK_BYTES;
    }

    /** Bytes on disk. */
    long diskBytes() {
        return entries * WIDTH * Long.BYTES;
    }

    /** All entries in order. */
    KeyEntries all() {
        return new KeyEntries() {
            private final ByteBuffer bytes =
                    ByteBuffer.allocate(BLOCK_BYTES * BLOCKS_AT_ONCE).limit(0);
            private long read;
            private long high;
            private long low;
            private long place;

            @Override
            public boolean next() throws IOException {
                if (read == entries) {
                    return false;
                }
                if (!bytes.hasRemaining()) {
                    long position = read * WIDTH * Long.BYTES;
                    bytes.clear().limit((int) Math.min(bytes.capacity(), diskBytes() - position));
                    readFully(bytes, position);
                    bytes.flip();
                }
                read++;
                high = bytes.getLong();
                low = bytes.getLong();
                place = bytes.getLong();
                return true;
            }

            @Override
            public long high() {
                return high;
            }

            @Override
            public long low() {
                return low;
            }

            @Override
            public long place() {
                return place;
            }
        };
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
