package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The snapshots that a session has opened, the one used longest ago given up first.
 *
 * <p>Never serves an old version as the newest, nor a table that lay at a place before: each answer
 * is held against the log, by the status of the version's commit file and, for the newest, a look
 * for the next one. That is one or two file statuses, where opening a table lists its log and reads
 * its checkpoint. Thread-safe.
 */
public final class SnapshotCache {

    private final int limit;
    private final Map<Place, Long> newest = new LinkedHashMap<>();
    private final LinkedHashMap<Key, Kept> snapshots = new LinkedHashMap<>(16, 0.75f, true);
    private long hits;
    private long misses;
    private long evictions;

    private record Place(String location, StorageOptions storage) {}

    private record Key(Place place, long version) {}

    private record Kept(TableSnapshot snapshot, CommitFile file) {}

    /**
     * @param limit how many snapshots are kept; above 0
     */
    public SnapshotCache(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be above 0: " + limit);
        }
        this.limit = limit;
    }

    /** The newest version of a table, opened only if nothing that is kept is it. */
    TableSnapshot newest(DeltaTable table, Supplier<TableSnapshot> open) {
        requireNonNull(open, "open is null");
        Place place = place(table);
        Optional<Long> version = versionOf(place);
        if (version.isPresent() && !table.log().exists(version.get() + 1)) {
            Optional<TableSnapshot> kept = kept(table, new Key(place, version.get()));
            if (kept.isPresent()) {
                return kept.get();
            }
        }
        TableSnapshot opened = keep(table, open);
        remember(place, opened.version());
        return opened;
    }

    /** A version of a table. */
    TableSnapshot at(DeltaTable table, long version, Supplier<TableSnapshot> open) {
        return kept(table, new Key(place(table), version)).orElseGet(() -> keep(table, open));
    }

    /** How it is used. */
    public synchronized CacheUse use() {
        return new CacheUse(
                "snapshots",
                snapshots.size(),
                limit,
                OptionalLong.empty(),
                hits,
                misses,
                evictions);
    }

    private static Place place(DeltaTable table) {
        return new Place(table.location(), table.storage());
    }

    private synchronized Optional<Long> versionOf(Place place) {
        return Optional.ofNullable(newest.get(place));
    }

    private synchronized void remember(Place place, long version) {
        newest.put(place, version);
    }

    private Optional<TableSnapshot> kept(DeltaTable table, Key key) {
        Optional<Kept> kept = find(key);
        // The file of a commit is never written again while the table lives.
        boolean holds =
                kept.isPresent()
                        && table.log()
                                .file(key.version())
                                .filter(file -> file.equals(kept.get().file()))
                                .isPresent();
        if (holds) {
            hit();
        }
        return holds ? Optional.of(kept.get().snapshot()) : Optional.empty();
    }

    private synchronized Optional<Kept> find(Key key) {
        return Optional.ofNullable(snapshots.get(key));
    }

    private synchronized void hit() {
        hits++;
    }

    private synchronized void miss() {
        misses++;
    }

    private TableSnapshot keep(DeltaTable table, Supplier<TableSnapshot> open) {
        miss();
        TableSnapshot opened = open.get();
        opened.commitFile()
                .ifPresent(
                        file ->
                                keep(
                                        new Key(place(table), opened.version()),
                                        new Kept(opened, file)));
        return opened;
    }

    private synchronized void keep(Key key, Kept kept) {
        snapshots.put(key, kept);
        while (snapshots.size() > limit) {
            Key eldest = snapshots.keySet().iterator().next();
            snapshots.remove(eldest);
            newest.remove(eldest.place(), eldest.version());
            evictions++;
        }
    }
}
