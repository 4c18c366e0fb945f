package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.commit.Committer;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.hadoopio.HadoopFileIO;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.InvalidTableException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.types.StructType;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.io.InputFile;

/**
 * The only door to a Delta table: its snapshots, its log, its commits.
 *
 * <p>Cheap to make and without state of its own; every look goes to the log, if only to see that
 * what a session has kept still holds. Everything that this project knows of Delta Kernel's inner
 * classes stays in this package.
 */
public final class DeltaTable {

    private final String location;
    private final StorageOptions storage;
    private final FileIO files;
    private final Engine engine;
    private final Optional<SnapshotCache> cache;

    private DeltaTable(
            String location, StorageOptions storage, FileIO files, Optional<SnapshotCache> cache) {
        this.location = requireNonNull(location, "location is null");
        this.storage = requireNonNull(storage, "storage is null");
        this.files = requireNonNull(files, "files is null");
        this.engine = DefaultEngine.create(files);
        this.cache = requireNonNull(cache, "cache is null");
    }

    /** This table, its snapshots kept among those that a session has opened. */
    public DeltaTable cachedIn(SnapshotCache snapshots) {
        return new DeltaTable(location, storage, files, Optional.of(snapshots));
    }

    /** The table at a location that is reached without options. */
    public static DeltaTable at(String location) {
        return at(location, StorageOptions.NONE);
    }

    /**
     * The table at a location, which need not exist yet.
     *
     * @param location a local path, absolute or relative to the working directory, or a URI that
     *     Hadoop knows
     * @param storage how its files are reached; local files need none
     */
    public static DeltaTable at(String location, StorageOptions storage) {
        requireNonNull(location, "location is null");
        boolean local =
                !location.matches("[A-Za-z][A-Za-z0-9+.-]+:.*") || location.startsWith("file:");
        if (!local) {
            return new DeltaTable(
                    withoutTrailingSlash(location),
                    storage,
                    new HadoopFileIO(storage.hadoop(location)),
                    Optional.empty());
        }
        Path path =
                location.startsWith("file:")
                        ? Path.of(URI.create(location).getPath())
                        : Path.of(location);
        String absolute = path.toAbsolutePath().normalize().toString();
        return new DeltaTable(absolute, storage, new LocalFileIO(), Optional.empty());
    }

    /** A local table that is reached in another way, as tests need it. */
    static DeltaTable over(String location, FileIO files) {
        return new DeltaTable(location, StorageOptions.NONE, files, Optional.empty());
    }

    /** The absolute location, without a slash at the end. */
    public String location() {
        return location;
    }

    /** How its files are reached, log and data alike. */
    public StorageOptions storage() {
        return storage;
    }

    /** Whether there is a table, that is a log with a commit or a checkpoint. */
    public boolean exists() {
        try (var files =
                engine.getFileSystemClient()
                        .listFrom(FileNames.listingPrefix(kernelLogPath(), 0))) {
            while (files.hasNext()) {
                String name = files.next().getPath();
                if (FileNames.isCommitFile(name) || FileNames.isCheckpointFile(name)) {
                    return true;
                }
            }
            return false;
        } catch (FileNotFoundException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    location + ": cannot list the log: " + e.getMessage(), e);
        }
    }

    /** The newest version. */
    public TableSnapshot snapshot() {
        return cache.map(snapshots -> snapshots.newest(this, this::newest)).orElseGet(this::newest);
    }

    private TableSnapshot newest() {
        return load("open", TableManager.loadSnapshot(location)::build);
    }

    /** The newest version, to be committed on with this committer. */
    TableSnapshot snapshot(Committer committer) {
        return load("open", TableManager.loadSnapshot(location).withCommitter(committer)::build);
    }

    /** For a writer that commits to the table again and again. */
    public CommitChain commits() {
        return new CommitChain(this);
    }

    /**
     * The version of this number.
     *
     * @throws RefusedException if it is not there, or the log does not hold it any more, naming the
     *     first and the last that can be opened
     */
    public TableSnapshot snapshot(long version) {
        return cache.map(snapshots -> snapshots.at(this, version, () -> open(version)))
                .orElseGet(() -> open(version));
    }

    private TableSnapshot open(long version) {
        try {
            return load(
                    "open version " + version,
                    TableManager.loadSnapshot(location).atVersion(version)::build);
        } catch (RefusedException e) {
            throw explained(version, e);
        }
    }

    private RefusedException explained(long version, RefusedException e) {
        long first;
        long last;
        try {
            first = log().firstSnapshotVersion();
            last = snapshot().version();
        } catch (RefusedException other) {
            return e;
        }
        return first <= version && version <= last
                ? e
                : new RefusedException(
                        "%s: cannot open version %d: the versions that can be read are %d to %d. Choose one of them."
                                .formatted(location, version, first, last),
                        e);
    }

    /**
     * The metadata that is in force at a version and all after it up to another. Where the commit
     * of the first sets it, nothing else is read, however long the log is.
     *
     * @param later asked for where the log does not hold {@code version} any more
     * @throws RefusedException if the log holds neither
     */
    public TableMetadata metadata(long version, long later) {
        try {
            return log().metadataSetBy(version).orElseGet(() -> snapshot(version).metadata());
        } catch (RefusedException e) {
            if (later <= version) {
                throw e;
            }
            return snapshot(later).metadata();
        }
    }

    public CommitLog log() {
        return new CommitLog(this);
    }

    /** Kernel's engine for this table's storage: file system, JSON and Parquet. */
    public Engine engine() {
        return engine;
    }

    /**
     * Makes the table, as version 0.
     *
     * @throws CommitConflictException if another writer made it first
     */
    public long create(TableDefinition definition, CommitContent content)
            throws CommitConflictException {
        return new TableCommit(this).create(definition, content);
    }

    /**
     * Commits on top of a snapshot: the new version is exactly the snapshot's version + 1.
     *
     * @throws CommitConflictException if another writer has committed that version, or a
     *     transaction of this id
     * @throws RefusedException if the table does not allow what the commit does
     */
    public long commit(TableSnapshot base, CommitContent content) throws CommitConflictException {
        TableSnapshot toCommitOn = snapshot(base.version(), content);
        try (LogUpkeep upkeep = new LogUpkeep()) {
            TransactionCommitResult result = new TableCommit(this).commit(toCommitOn, content);
            upkeep.after(this, result);
            return result.getVersion();
        }
    }

    /**
     * Gives the table another schema, in a version of its own.
     *
     * @param schema the one of {@code base} with columns more; new fields have no metadata
     * @throws CommitConflictException if another writer has committed that version
     * @throws RefusedException if the table's columns are not mapped, or Kernel refuses the change
     */
    public long changeSchema(TableSnapshot base, StructType schema, CommitContent content)
            throws CommitConflictException {
        return new TableCommit(this).changeSchema(base, schema, content);
    }

    /** Sets properties, in a version of its own; refused if Kernel does not take one of Delta's. */
    public long setProperties(
            TableSnapshot base, Map<String, String> properties, CommitContent content)
            throws CommitConflictException {
        return new TableCommit(this)
                .setProperties(snapshot(base.version(), content), properties, content);
    }

    /** Changes the table's metadata, in a version of its own. */
    public long changeMetadata(TableSnapshot base, MetadataChange change, CommitContent content)
            throws CommitConflictException {
        return new TableCommit(this)
                .changeMetadata(snapshot(base.version(), content), change, content);
    }

    /** A version that this is committed on. */
    private TableSnapshot snapshot(long version, CommitContent content) {
        RecordingCommitter committer = new RecordingCommitter();
        committer.record(content);
        return load(
                "open version " + version,
                TableManager.loadSnapshot(location).atVersion(version).withCommitter(committer)
                        ::build);
    }

    /** Whether a file whose path stands in the log is still there. */
    public boolean hasFile(String pathInLog) {
        String path = resolve(pathInLog);
        try {
            engine.getFileSystemClient().getFileStatus(path);
            return true;
        } catch (FileNotFoundException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    location + ": cannot look for " + path + ": " + e.getMessage(), e);
        }
    }

    /**
     * A data or change file of this table.
     *
     * @param pathInLog as it stands in the log
     * @param size in bytes, or not above 0 where the log does not say
     */
    public InputFile dataFile(String pathInLog, long size) throws IOException {
        String path = resolve(pathInLog);
        long known = size > 0 ? size : files.getFileStatus(path).getSize();
        return new ParquetInput(files.newInputFile(path, known));
    }

    /**
     * The absolute path of a file whose path stands in the log: a URI, relative to the table or
     * absolute (Delta protocol, "Add File and Remove File").
     *
     * @throws RefusedException if it is no URI, or leads out of the table without being absolute
     */
    public String resolve(String pathInLog) {
        return FilePaths.resolve(location, pathInLog);
    }

    String logLocation() {
        return location + "/_delta_log";
    }

    RefusedException refused(String what, KernelException cause) {
        return ProtocolGate.refusal(location, what, cause)
                .orElseGet(
                        () ->
                                new RefusedException(
                                        location + ": cannot " + what + ": " + cause.getMessage(),
                                        cause));
    }

    io.delta.kernel.internal.fs.Path kernelLogPath() {
        return new io.delta.kernel.internal.fs.Path(logLocation());
    }

    private TableSnapshot load(String what, java.util.function.Function<Engine, Snapshot> loader) {
        try {
            TableSnapshot snapshot = new TableSnapshot(this, loader.apply(engine));
            ProtocolGate.check(location, what, snapshot.protocol());
            Damage.checkNoEmptyCommit(this, what, snapshot.kernel());
            return snapshot;
        } catch (TableNotFoundException e) {
            throw new RefusedException(
                    location
                            + ": cannot "
                            + what
                            + ": there is no Delta table (no commit under _delta_log). "
                            + "Check the location.",
                    e);
        } catch (InvalidTableException e) {
            throw Damage.explained(this, what, e);
        } catch (KernelException e) {
            throw refused(what, e);
        } catch (RuntimeException e) {
            throw Damage.explained(this, what, e);
        }
    }

    private static String withoutTrailingSlash(String location) {
        return location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
    }
}
