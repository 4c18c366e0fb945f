package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * The changes since the last flush as what is left of them per key, in memory up to a budget and
 * beyond it on the local disk, in parts that are worked off one after the other.
 *
 * <p>What is on disk may be some 200 times the budget before a part does not fit into it any more.
 * Writing chunks takes 4 MiB more. Not thread-safe.
 */
@Internal
public final class NetChanges implements Closeable {

    private final RowType rowType;
    private final NetChangeBuffer buffer;
    private final long memory;
    private final Path folder;
    private Optional<ChangeSpill> spill = Optional.empty();
    private long spilledBytes;

    private NetChanges(RowType rowType, NetChangeBuffer buffer, long memory, Path folder) {
        this.rowType = requireNonNull(rowType, "rowType is null");
        this.buffer = buffer;
        this.memory = memory;
        this.folder = requireNonNull(folder, "folder is null");
    }

    /**
     * For input that retracts: rows are counted.
     *
     * @param memory in bytes
     * @param folder on the local disk
     */
    public static NetChanges counted(
            RowType rowType, KeyEncoder encoder, long memory, Path folder) {
        return new NetChanges(rowType, NetChangeBuffer.counted(rowType, encoder), memory, folder);
    }

    /** For input that does not retract: the last row of a key in arrival order counts. */
    public static NetChanges last(RowType rowType, KeyEncoder encoder, long memory, Path folder) {
        return new NetChanges(rowType, NetChangeBuffer.last(rowType, encoder), memory, folder);
    }

    /** Adds a change; its kind says which. The row is copied. */
    public void add(RowData change) throws IOException {
        buffer.add(change);
        if (buffer.sizeInBytes() > memory) {
            spill();
        }
    }

    private void spill() throws IOException {
        try {
            if (spill.isEmpty()) {
                spill = Optional.of(ChangeSpill.create(folder));
            }
            ChangeSpill to = spill.get();
            long before = to.sizeInBytes();
            buffer.drain(to::add);
            spilledBytes += to.sizeInBytes() - before;
        } catch (IOException e) {
            throw new IOException(
                    "%s: cannot hold the changes of a checkpoint there: %s. Make room, or give the sink more memory."
                            .formatted(folder, e.getMessage()),
                    e);
        }
    }

    public boolean isEmpty() {
        return buffer.isEmpty() && spill.isEmpty();
    }

    /** Whether changes come in more than one part. */
    boolean isSpilled() {
        return spill.isPresent();
    }

    /** Whether rows that go are known from the input. */
    boolean isCounted() {
        return buffer.isCounted();
    }

    /** Hands on everything, each key in exactly one part, and forgets it. */
    void drain(PartConsumer consumer) throws IOException {
        if (spill.isEmpty()) {
            consumer.accept(buffer);
            buffer.clear();
            return;
        }
        spill();
        for (int part = 0; part < ChangeSpill.PARTS; part++) {
            spill.get().read(part, rowType.getFieldCount(), buffer);
            if (!buffer.isEmpty()) {
                consumer.accept(buffer);
                buffer.clear();
            }
        }
        close();
    }

    /** Takes a part of the changes. */
    @FunctionalInterface
    interface PartConsumer {
        void accept(NetChangeBuffer part) throws IOException;
    }

    /** Keys in memory. */
    public long keys() {
        return buffer.keys();
    }

    /** Bytes in memory. */
    public long sizeInBytes() {
        return buffer.sizeInBytes();
    }

    /** Bytes that were put on disk so far, over all flushes. */
    public long spilledBytes() {
        return spilledBytes;
    }

    /** Forgets everything. */
    public void clear() throws IOException {
        buffer.clear();
        close();
    }

    @Override
    public void close() throws IOException {
        if (spill.isPresent()) {
            spill.get().close();
            spill = Optional.empty();
        }
    }
}
