package io.millrace.delta.source.order;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.Delivery;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;

/**
 * The rows of versions that are not complete: in memory up to a budget, beyond it on the local
 * disk. So neither the size of a version nor the state backend sets how much memory they need.
 *
 * <p>Rows come out version by version, phase by phase; within a phase in any order.
 */
final class HeldRows implements Closeable {

    static final int PHASES = 2;

    /** Of rows on disk that go into no checkpoint. */
    private static final int NO_KEY_GROUP = -1;

    private final RowDataSerializer serializer;
    private final ToIntFunction<RowData> keyGroups;
    private final long budget;
    private final Path spillFolder;
    private final TreeMap<Long, Version> versions = new TreeMap<>();

    /** The one that got a row last: rows of a version come together. */
    private Optional<Version> last = Optional.empty();

    private long lastVersion;
    private long bytesInMemory;
    private long rows;

    /**
     * @param keyGroups of rows that are added without one; asked only where it matters, which is
     *     seldom
     * @param budget bytes of rows to keep in memory
     * @param spillFolder where the rest goes
     */
    HeldRows(
            RowDataSerializer serializer,
            ToIntFunction<RowData> keyGroups,
            long budget,
            Path spillFolder) {
        this.serializer = requireNonNull(serializer, "serializer is null");
        this.keyGroups = requireNonNull(keyGroups, "keyGroups is null");
        this.budget = budget;
        this.spillFolder = requireNonNull(spillFolder, "spillFolder is null");
    }

    /**
     * Keeps a copy of a row of a restored key group.
     *
     * @param delivery the same for all rows of a version
     */
    void add(int keyGroup, long version, int phase, Delivery delivery, BinaryRowData row)
            throws IOException {
        version(version, delivery).add(keyGroup, checked(phase), row);
        added(row);
    }

    /**
     * Keeps a copy of a row.
     *
     * @param delivery the same for all rows of a version
     */
    void add(long version, int phase, Delivery delivery, BinaryRowData row) throws IOException {
        version(version, delivery).fresh.get(checked(phase)).add(row);
        added(row);
    }

    private Version version(long version, Delivery delivery) {
        if (last.isEmpty() || lastVersion != version) {
            last = Optional.of(versions.computeIfAbsent(version, v -> new Version(delivery)));
            lastVersion = version;
        }
        Version held = last.get();
        if (held.delivery != delivery) {
            throw new IllegalStateException(
                    "rows of version %d are %s and %s".formatted(version, held.delivery, delivery));
        }
        return held;
    }

    private static int checked(int phase) {
        if (phase < 0 || phase >= PHASES) {
            throw new IllegalArgumentException("phase " + phase);
        }
        return phase;
    }

    private void added(BinaryRowData row) throws IOException {
        bytesInMemory += size(row);
        rows++;
        if (bytesInMemory > budget) {
            spill();
        }
    }

    private void spill() throws IOException {
        for (Version version : versions.values()) {
            version.spill();
        }
        bytesInMemory = 0;
    }

    /** The oldest version with rows, if it is not newer than the one given; else null. */
    Long firstUpTo(long version) {
        return versions.isEmpty() || versions.firstKey() > version ? null : versions.firstKey();
    }

    /**
     * Hands out all rows of one version, deletes and pre-images first, and forgets them. A row is
     * overwritten by the next.
     */
    void release(long version, Consumer<RowData> out) throws IOException {
        Version held = versions.remove(version);
        last = Optional.empty();
        if (held == null) {
            return;
        }
        try (held) {
            for (int phase = 0; phase < PHASES; phase++) {
                held.release(phase, out);
            }
        }
    }

    /** Whether the rows held of a version need not wait for more of them. */
    boolean mayStream(long version) {
        Version held = versions.get(version);
        return held != null && held.delivery == Delivery.STREAMED;
    }

    /** The versions whose rows go into a checkpoint, oldest first. */
    Map<Long, Version> forState() {
        TreeMap<Long, Version> kept = new TreeMap<>(versions);
        kept.values().removeIf(version -> version.delivery == Delivery.REPLAYED);
        kept.values().forEach(Version::group);
        return kept;
    }

    /** Rows held, in memory and on disk. */
    long rows() {
        return rows;
    }

    /** Bytes held in memory and on disk. */
    long bytes() {
        long spilled = 0;
        for (Version version : versions.values()) {
            spilled += version.spilledBytes();
        }
        return bytesInMemory + spilled;
    }

    long bytesInMemory() {
        return bytesInMemory;
    }

    int versions() {
        return versions.size();
    }

    @Override
    public void close() throws IOException {
        for (Version version : versions.values()) {
            version.close();
        }
        versions.clear();
        last = Optional.empty();
    }

    private int columns() {
        return serializer.getArity();
    }

    private static long size(BinaryRowData row) {
        return (long) row.getSizeInBytes() + RowPages.LENGTH_BYTES;
    }

    /** The rows of one version. */
    final class Version implements Closeable {

        private final List<TreeMap<Integer, RowPages>> inMemory =
                List.of(new TreeMap<>(), new TreeMap<>());

        /** In memory, too, but not yet among their key groups. */
        private final List<RowPages> fresh = List.of(new RowPages(), new RowPages());

        private final Delivery delivery;
        private Optional<SpillFile> file = Optional.empty();

        Version(Delivery delivery) {
            this.delivery = requireNonNull(delivery, "delivery is null");
        }

        private void add(int keyGroup, int phase, BinaryRowData row) {
            inMemory.get(phase).computeIfAbsent(keyGroup, g -> new RowPages()).add(row);
        }

        private void group() {
            for (int phase = 0; phase < PHASES; phase++) {
                int of = phase;
                fresh.get(phase).forEach(columns(), row -> add(keyGroups.applyAsInt(row), of, row));
                fresh.get(phase).clear();
            }
        }

        private void spill() throws IOException {
            if (delivery != Delivery.REPLAYED) {
                group();
            }
            for (int phase = 0; phase < PHASES; phase++) {
                for (Map.Entry<Integer, RowPages> group : inMemory.get(phase).entrySet()) {
                    spill(phase, group.getKey(), group.getValue());
                }
                inMemory.get(phase).clear();
                spill(phase, NO_KEY_GROUP, fresh.get(phase));
                fresh.get(phase).clear();
            }
            if (file.isPresent()) {
                file.get().flush();
            }
        }

        private void spill(int phase, int keyGroup, RowPages group) throws IOException {
            if (group.isEmpty()) {
                return;
            }
            if (file.isEmpty()) {
                file = Optional.of(SpillFile.create(spillFolder, serializer));
            }
            file.get().append(phase, keyGroup, group);
        }

        private void release(int phase, Consumer<RowData> out) throws IOException {
            if (file.isPresent()) {
                file.get()
                        .read(
                                phase,
                                row -> {
                                    rows--;
                                    out.accept(row);
                                });
            }
            for (RowPages group : inMemory.get(phase).values()) {
                release(group, out);
            }
            release(fresh.get(phase), out);
        }

        private void release(RowPages group, Consumer<RowData> out) {
            group.forEach(
                    columns(),
                    row -> {
                        rows--;
                        bytesInMemory -= size(row);
                        out.accept(row);
                    });
        }

        /** Rows of one phase and key group that are in memory. */
        RowPages inMemory(int phase, int keyGroup) {
            return inMemory.get(phase).getOrDefault(keyGroup, new RowPages());
        }

        /** The others. */
        Optional<SpillFile> file() {
            return file;
        }

        private long spilledBytes() {
            return file.map(SpillFile::size).orElse(0L);
        }

        @Override
        public void close() throws IOException {
            if (file.isPresent()) {
                file.get().close();
            }
        }
    }
}
