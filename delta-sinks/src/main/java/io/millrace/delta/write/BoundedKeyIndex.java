package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link KeyIndex} up to a budget of memory. Beyond it, which is logged, what is in memory goes
 * to the local disk as a sorted run with a filter in front; several runs are merged into one.
 */
final class BoundedKeyIndex implements KeyPlaces {

    private static final Logger LOG = LoggerFactory.getLogger(BoundedKeyIndex.class);

    private static final int MAX_RUNS = 6;

    /** An empty map takes 24 KiB. */
    private static final long LEAST_MEMORY = 32 << 10;

    /** Place of a key that is in a run and is not to be found any more. */
    private static final long FORGOTTEN = KeyIndex.place(Integer.MAX_VALUE, 0xffff_ffffL);

    private final String table;
    private final long memory;
    private final Path folder;
    private final KeyIndex recent = new KeyIndex();

    /** The newest first. */
    private volatile List<KeyRun> runs = List.of();

    private long size;
    private volatile long runBytes;

    /**
     * @param table for messages
     * @param memory in bytes
     * @param folder on the local disk
     */
    BoundedKeyIndex(String table, long memory, Path folder) {
        this.table = requireNonNull(table, "table is null");
        this.memory = Math.max(memory, LEAST_MEMORY);
        this.folder = requireNonNull(folder, "folder is null");
    }

    @Override
    public long get(long high, long low) throws IOException {
        long place = recent.get(high, low);
        if (place != KeyIndex.ABSENT) {
            return place == FORGOTTEN ? KeyIndex.ABSENT : place;
        }
        for (KeyRun run : runs) {
            place = run.get(high, low);
            if (place != KeyRun.NOT_HERE) {
                return place == FORGOTTEN ? KeyIndex.ABSENT : place;
            }
        }
        return KeyIndex.ABSENT;
    }

    @Override
    public void set(long high, long low, long before, long place) throws IOException {
        recent.put(high, low, place);
        if (before == KeyIndex.ABSENT) {
            size++;
        }
        boundMemory();
    }

    @Override
    public void forget(long high, long low, long before) throws IOException {
        if (before == KeyIndex.ABSENT) {
            return;
        }
        size--;
        if (runs.isEmpty()) {
            recent.remove(high, low);
        } else {
            recent.put(high, low, FORGOTTEN);
            boundMemory();
        }
    }

    private void boundMemory() throws IOException {
        // Filters take memory, too, but a run must not get so small that there are many.
        if (recent.sizeInBytes()
                > Math.max(memory - runBytes, Math.max(memory / 4, LEAST_MEMORY))) {
            try {
                spill();
            } catch (IOException e) {
                throw new IOException(
                        "%s: cannot hold the index of %s there: %s. Make room, or give the sink more memory."
                                .formatted(folder, table, e.getMessage()),
                        e);
            }
        }
    }

    private void spill() throws IOException {
        if (runs.isEmpty()) {
            LOG.warn(
                    "{}: {} keys take {} bytes and no more memory is allowed for them: from here on the index goes to {}.",
                    table,
                    size,
                    recent.sizeInBytes(),
                    folder);
        }
        List<KeyRun> all = new ArrayList<>(runs);
        all.add(0, KeyRun.write(folder, recent.entries(), recent.size()));
        use(all);
        recent.clear();
        if (runs.size() > MAX_RUNS) {
            merge(place -> place != FORGOTTEN);
        }
    }

    private void use(List<KeyRun> newRuns) {
        runs = List.copyOf(newRuns);
        runBytes = newRuns.stream().mapToLong(KeyRun::sizeInBytes).sum();
    }

    private void merge(LongPredicate kept) throws IOException {
        List<KeyRun> old = runs;
        List<KeyEntries> entries = new ArrayList<>();
        long atMost = 0;
        for (KeyRun run : old) {
            entries.add(run.all());
            atMost += run.entries();
        }
        KeyRun merged = KeyRun.write(folder, new MergedKeys(entries, kept), atMost);
        use(List.of(merged));
        for (KeyRun run : old) {
            run.close();
        }
    }

    @Override
    public void removeIf(LongPredicate places) throws IOException {
        if (runs.isEmpty()) {
            recent.removeIf(places);
            size = recent.size();
            return;
        }
        spill();
        merge(place -> place != FORGOTTEN && !places.test(place));
        size = runs.get(0).entries();
    }

    @Override
    public void clear() throws IOException {
        recent.clear();
        size = 0;
        close();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long sizeInBytes() {
        return recent.sizeInBytes() + runBytes;
    }

    @Override
    public long diskBytes() {
        return runs.stream().mapToLong(KeyRun::diskBytes).sum();
    }

    @Override
    public boolean prefersOrder() {
        return !runs.isEmpty();
    }

    @Override
    public void close() throws IOException {
        List<KeyRun> old = runs;
        use(List.of());
        for (KeyRun run : old) {
            run.close();
        }
    }
}
