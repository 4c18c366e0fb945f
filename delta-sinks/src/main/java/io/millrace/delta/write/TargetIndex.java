package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.commit.StagedFile;
import io.millrace.delta.commit.WriteResult;
import io.millrace.delta.parquet.FileToRead;
import io.millrace.delta.parquet.RowSelection;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RemovedFile;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.table.TableMetadata;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.table.VersionActions;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.RowType;

/**
 * Where the row of each of a writer's keys stands: in the table, or in a file that the writer has
 * staged and that is still to be committed. It follows the log of the table. Not thread-safe.
 *
 * <p>What is staged wins over what others commit meanwhile; the committer resolves such keys anew
 * and says so in the commit, after which the index is loaded again.
 */
@Internal
public final class TargetIndex implements Closeable {

    private final DeltaTable table;
    private final WriteSpec spec;
    private final IntPredicate ownHashes;
    private final PendingResults pending;
    private final KeyReader reader;
    private final KeyPlaces keys;
    private final IndexedFiles files = new IndexedFiles();
    private Optional<TableMetadata> metadata = Optional.empty();
    private long version = -1;
    private final ForeignRows foreign;
    private boolean ignoresTable;
    private final KeyLookups lookups;
    private boolean foundNothing = true;

    /**
     * An index that knows of no row yet.
     *
     * @param ownHashes which keys are the writer's, by {@link KeyEncoder#hash}
     * @param memory for keys, in bytes
     * @param folder on the local disk, for the keys beyond that
     */
    public TargetIndex(
            DeltaTable table,
            WriteSpec spec,
            IntPredicate ownHashes,
            PendingResults pending,
            long memory,
            Path folder) {
        this.table = requireNonNull(table, "table is null");
        this.spec = requireNonNull(spec, "spec is null");
        this.ownHashes = requireNonNull(ownHashes, "ownHashes is null");
        this.pending = requireNonNull(pending, "pending is null");
        this.reader = new KeyReader(table, spec);
        this.keys = new BoundedKeyIndex(table.location(), memory, folder);
        this.lookups = new KeyLookups(keys);
        this.foreign = new ForeignRows(table, pending);
    }

    /** Version of the table that the index is at; -1 without a table. */
    public long version() {
        return version;
    }

    /** Of the table at {@link #version}, if there is a table. */
    Optional<TableMetadata> metadata() {
        return metadata;
    }

    KeyPlaces keys() {
        return keys;
    }

    IndexedFiles files() {
        return files;
    }

    /** Whether the table is taken for empty until it was merged with. */
    public boolean ignoresTable() {
        return ignoresTable;
    }

    /**
     * Whether others wrote the row at this place or brought it back, so that it need not be the one
     * that the input takes for the row before.
     */
    boolean isForeign(long place) {
        return foreign.contains(KeyIndex.file(place));
    }

    RowType rowType() {
        return spec.rowType();
    }

    /** How it is asked for the places of many keys. */
    KeyLookups lookups() {
        return lookups;
    }

    /** How many keys of changes were in the index. */
    public long hits() {
        return lookups.hits();
    }

    /** How many keys of changes were not in the index. */
    public long misses() {
        return lookups.misses();
    }

    /** Bytes that the keys take in memory. */
    public long sizeInBytes() {
        return keys.sizeInBytes();
    }

    /** Bytes that the keys take on the local disk: none while they fit into memory. */
    public long diskBytes() {
        return keys.diskBytes();
    }

    /** How many keys it knows. */
    public long size() {
        return keys.size();
    }

    /** Whether neither the table had a file nor any writer something pending when this loaded. */
    boolean foundNothing() {
        return foundNothing;
    }

    /** What a checkpoint has to keep for {@link #load(long)}. */
    public long trusted() {
        return foreign.trusted(version);
    }

    /**
     * Reads the newest version of the table, and what is pending, to go on from a checkpoint.
     *
     * @param trusted what {@link #trusted} was at that checkpoint
     */
    public void load(long trusted) throws IOException {
        load();
        foreign.seeSince(trusted, version);
    }

    /** Reads the newest version of the table, and what is pending. */
    public void load() throws IOException {
        ignoresTable = false;
        clear();
        if (table.exists()) {
            TableSnapshot snapshot = table.snapshot();
            use(snapshot);
            pending.newestOwn(table, snapshot).ifPresent(pending::committed);
            foundNothing = pending.isEmpty();
            try (CloseableIterator<DataFile> live = snapshot.files()) {
                while (live.hasNext()) {
                    foundNothing = false;
                    DataFile file = live.next();
                    addRows(file, Set.of(), !pending.isOwnFile(file.path()));
                }
            }
        }
        addPending();
    }

    /**
     * Takes the table for empty, as a rebuild does, until a commit of this sink says that it was
     * merged with the table.
     */
    public void loadIgnoringTable() throws IOException {
        ignoresTable = true;
        clear();
        if (table.exists()) {
            use(table.snapshot());
        }
        addPending();
    }

    private void clear() throws IOException {
        keys.clear();
        files.clear();
        foreign.clear();
        metadata = Optional.empty();
        version = -1;
        foundNothing = pending.isEmpty();
    }

    private void use(TableSnapshot snapshot) {
        version = snapshot.version();
        metadata = Optional.of(snapshot.metadata());
    }

    private void addPending() throws IOException {
        for (WriteResult result : pending.all()) {
            for (Map.Entry<String, byte[]> deleted : result.deletions().entrySet()) {
                removeRows(deleted.getKey(), RowPositions.fromBytes(deleted.getValue()));
            }
            for (StagedFile staged : result.files()) {
                addRows(staged.file(), Set.of(), false);
            }
        }
    }

    /** Takes in what was committed since; reads key columns of files that others added. */
    public void follow() throws IOException {
        if (!table.log().exists(version + 1)) {
            return;
        }
        boolean merged = false;
        try (CloseableIterator<VersionActions> commits = table.log().read(version + 1)) {
            while (commits.hasNext()) {
                VersionActions commit = commits.next();
                version = commit.version();
                if (commit.metadata().isPresent()) {
                    metadata = commit.metadata();
                }
                if (pending.isOwn(commit)) {
                    pending.committed(commit);
                    merged |= PendingResults.isRemerged(commit);
                    forgetRemoved(commit);
                } else if (!ignoresTable) {
                    foreign.see(commit);
                    if (!merged) {
                        applyForeign(commit);
                    }
                }
            }
        }
        if (merged) {
            load();
        }
    }

    private void applyForeign(VersionActions commit) throws IOException {
        Set<Integer> removed = new HashSet<>();
        for (RemovedFile file : commit.removes()) {
            files.find(file.path()).ifPresent(removed::add);
        }
        if (!removed.isEmpty()) {
            keys.removeIf(place -> removed.contains(KeyIndex.file(place)));
        }
        boolean moved = foreign.inAnyOf(removed);
        forgetRemoved(commit);
        Set<Integer> stagedFiles = new HashSet<>();
        for (WriteResult result : pending.all()) {
            result.files().forEach(file -> files.find(file.path()).ifPresent(stagedFiles::add));
        }
        for (DataFile file : commit.adds()) {
            boolean others = moved || file.dataChange();
            addRows(file, stagedFiles, others && !pending.isOwnFile(file.path()));
        }
    }

    /** A file that the commit removes and does not add again has no row any more. */
    private void forgetRemoved(VersionActions commit) {
        Set<String> added = new HashSet<>();
        commit.adds().forEach(file -> added.add(file.path()));
        for (RemovedFile file : commit.removes()) {
            if (!added.contains(file.path())) {
                files.forget(file.path());
            }
        }
    }

    /** Forgets the keys of some rows of a file, wherever the index has them now. */
    private void removeRows(String path, RowPositions positions) throws IOException {
        FileToRead file =
                files.find(path).isPresent()
                        ? files.get(files.find(path).getAsInt())
                        : new FileToRead(path, FileToRead.UNKNOWN_SIZE, Map.of());
        reader.read(
                readMetadata(),
                file,
                RowSelection.only(positions),
                (key, position) ->
                        keys.forget(key.high(), key.low(), keys.get(key.high(), key.low())));
    }

    /**
     * @param stronger files whose rows win over rows with the same key in this one
     * @param others whether others wrote rows of it
     */
    private void addRows(DataFile file, Set<Integer> stronger, boolean others) throws IOException {
        FileToRead read = FileToRead.of(file);
        int number = files.add(read);
        foreign.set(number, others);
        Optional<RowPositions> deleted =
                file.deletionVector().map(vector -> DeletionVectors.load(table, vector));
        reader.read(
                readMetadata(),
                read,
                RowSelection.except(deleted),
                (key, position) -> addRow(key, number, position, stronger));
    }

    private void addRow(KeyEncoder key, int file, long position, Set<Integer> stronger)
            throws IOException {
        if (!ownHashes.test(key.hash())) {
            return;
        }
        long known = keys.get(key.high(), key.low());
        boolean weaker = known != KeyIndex.ABSENT && stronger.contains(KeyIndex.file(known));
        if (!weaker) {
            keys.set(key.high(), key.low(), known, KeyIndex.place(file, position));
        }
    }

    /** Reads whole rows of one file, those at {@code positions}. */
    void readRows(int file, RowPositions positions, KeyReader.RowAt consumer) throws IOException {
        reader.readRows(readMetadata(), files.get(file), positions, consumer);
    }

    /** The table's metadata, or what it is going to be. */
    private TableMetadata readMetadata() {
        return metadata.orElseGet(
                () ->
                        new TableMetadata(
                                "",
                                spec.definition().schema(),
                                spec.partitionColumns(),
                                spec.properties()));
    }

    /** How files of the table are laid out now. */
    FileLayout layout() {
        return FileLayout.of(table, readMetadata(), spec.rowType(), spec.keyColumns())
                .writtenBy(spec);
    }

    @Override
    public void close() throws IOException {
        keys.close();
    }
}
