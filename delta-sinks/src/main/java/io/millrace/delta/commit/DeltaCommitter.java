package io.millrace.delta.commit;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.table.CommitChain;
import io.millrace.delta.table.CommitConflictException;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RefusedException;
import io.millrace.delta.table.TableDefinition;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.delta.table.TransactionId;
import io.millrace.delta.write.FileLayout;
import io.millrace.delta.write.FileNaming;
import io.millrace.delta.write.ParquetRowWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * The one way that rows get committed: makes exactly one version of the target from a committable,
 * whatever others commit meanwhile.
 *
 * <p>The feed of the version is the difference to the version before. A committable that was
 * committed already is recognized by its transaction and its token. Blocks on input and output; not
 * thread-safe.
 */
public final class DeltaCommitter implements AutoCloseable {

    private final DeltaTable table;
    private final TableDefinition definition;
    private final List<String> key;
    private final CommitFacts facts;
    private final CommitKind kind;
    private final Transactions transactions;
    private final TargetCheck check;
    private final TargetPreparation preparation;
    private FileNaming naming;
    private final Clock clock;
    private final CommitChain chain;
    private final LiveFiles live = new LiveFiles();
    private final Attempts attempts;

    /**
     * @param definition what the table is created from if there is none; its property {@code
     *     millrace.key} names the key columns, without it rows are only appended
     */
    public DeltaCommitter(DeltaTable table, TableDefinition definition, CommitFacts facts) {
        this(table, definition, facts, new CommitKind.Changes());
    }

    /**
     * @param kind what commits do with the rows that the table has
     */
    public DeltaCommitter(
            DeltaTable table, TableDefinition definition, CommitFacts facts, CommitKind kind) {
        this(table, definition, facts, kind, Clock.systemUTC());
    }

    DeltaCommitter(DeltaTable table, TableDefinition definition, CommitFacts facts, Clock clock) {
        this(table, definition, facts, new CommitKind.Changes(), clock);
    }

    private DeltaCommitter(
            DeltaTable table,
            TableDefinition definition,
            CommitFacts facts,
            CommitKind kind,
            Clock clock) {
        this.table = requireNonNull(table, "table is null");
        this.definition = requireNonNull(definition, "definition is null");
        this.key = TargetCheck.key(definition.properties());
        this.facts = requireNonNull(facts, "facts is null");
        this.kind = requireNonNull(kind, "kind is null");
        this.transactions = new Transactions(table, facts.sinkId());
        this.check =
                new TargetCheck(table.location(), definition, !key.isEmpty() || kind.deletes());
        this.preparation = new TargetPreparation(table, definition);
        this.naming = FileNaming.forSink(facts.sinkId());
        this.clock = requireNonNull(clock, "clock is null");
        this.chain = table.commits();
        this.attempts = new Attempts(table.location(), facts.sinkId());
    }

    /** Lets rows that are written while committing wait in a folder of a task. */
    public DeltaCommitter waitingIn(Path localFolder) {
        naming = naming.waitingIn(localFolder);
        return this;
    }

    /** The table that is committed to. */
    public DeltaTable table() {
        return table;
    }

    /**
     * Refuses a table that does not fit what will be written; no table at all fits.
     *
     * @throws io.millrace.delta.table.RefusedException naming what does not fit
     */
    public void checkTable() {
        preparation.prepare();
        if (table.exists()) {
            check.check(table.snapshot());
        }
    }

    /** Counter of the newest commit of this sink, if the table has one. */
    public OptionalLong lastCounter() {
        return table.exists()
                ? table.snapshot().transactionVersion(facts.sinkId())
                : OptionalLong.empty();
    }

    /** Token of the newest commit of this sink, if the table has one. */
    public Optional<String> lastToken() {
        return table.exists() ? transactions.newestToken(table.snapshot()) : Optional.empty();
    }

    /**
     * The newest commits of this sink, newest first: the fences at the end, if any, and the last
     * one before them.
     */
    public List<OwnCommit> newestOwn() {
        return table.exists() ? transactions.newestOwn(chain.newest()) : List.of();
    }

    /**
     * Commits a number without rows, so that whoever else means to commit that number or an earlier
     * one under this sink id is fenced.
     *
     * @param counter greater than that of {@link #newestOwn}, which must not be empty
     */
    public CommitOutcome fence(long counter, String token) throws IOException {
        return attempts.run(
                counter,
                () -> {
                    TableSnapshot base = chain.newest();
                    OwnCommit newest = transactions.newestOwn(base).get(0);
                    if (newest.counter() >= counter) {
                        return token.equals(newest.parameters().get(CommitParameters.TOKEN))
                                ? new CommitOutcome.AlreadyCommitted(newest.version())
                                : transactions.fenced(counter, "another job has that number");
                    }
                    TransactionId id = new TransactionId(facts.sinkId(), counter);
                    long version =
                            chain.commit(
                                    base,
                                    new CommitContent(
                                            CommitOperation.STREAMING_UPDATE,
                                            Optional.of(id),
                                            List.of(),
                                            List.of(),
                                            List.of(),
                                            newest.fenceParameters(facts, token)));
                    live.committed(version, List.of(), List.of(), base.metadata());
                    return new CommitOutcome.Committed(version, ChangeCounts.NONE);
                });
    }

    /** Commits; a committable that changes nothing makes no version, except that of a new table. */
    public CommitOutcome commit(Committable committable) throws IOException {
        return commit(committable, false);
    }

    /**
     * Commits.
     *
     * @param evenIfEmpty whether a committable that changes nothing makes a version
     */
    public CommitOutcome commit(Committable committable, boolean evenIfEmpty) throws IOException {
        return attempts.run(committable.counter(), () -> attempt(committable, evenIfEmpty));
    }

    private CommitOutcome attempt(Committable committable, boolean evenIfEmpty)
            throws IOException, CommitConflictException {
        boolean created = createIfAbsent(table, definition, facts.parameters());
        TableSnapshot base = chain.newest();
        check.check(base);
        Optional<CommitOutcome> earlier = transactions.find(base, committable);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        boolean record = evenIfEmpty || created || committable.rebuild();
        if (committable.isEmpty() && !record) {
            return new CommitOutcome.Empty();
        }
        return commit(base, committable);
    }

    /** How often a commit was tried again, because of other writers or of the storage. */
    public long conflicts() {
        return attempts.conflicts();
    }

    /** How many checksums and checkpoints of the log could not be written. */
    public long failedUpkeep() {
        return chain.failedUpkeep();
    }

    /** Waits a while for a checkpoint of the log that is being written. */
    @Override
    public void close() {
        chain.close();
    }

    /**
     * Makes the table where it is not there, as an empty version 0: only the next one can carry a
     * transaction.
     *
     * @return whether this call made it
     */
    public static boolean createIfAbsent(
            DeltaTable table, TableDefinition definition, Map<String, String> parameters) {
        if (table.exists()) {
            return false;
        }
        try {
            table.create(definition, CommitContent.empty(CommitOperation.CREATE_TABLE, parameters));
            return true;
        } catch (CommitConflictException e) {
            // Somebody else made it; whether it fits is seen when committing.
            if (!table.exists()) {
                throw new IllegalStateException(
                        table.location() + ": cannot make the table: " + e.getMessage(), e);
            }
            return false;
        }
    }

    private CommitOutcome commit(TableSnapshot base, Committable committable)
            throws IOException, CommitConflictException {
        ForeignCommits foreign = foreign(base, committable);
        foreign.check(kind, table.location(), base.version());
        boolean rebuild = committable.rebuild();
        boolean keyed = !key.isEmpty() && (foreign.any() || rebuild);
        Merge merge = Merge.of(table, base, live, committable, keyed || rebuild);
        RowImages images = new RowImages(base.metadata(), key);
        FileLayout layout = FileLayout.of(table, base.metadata(), images.rowType(), key);
        KeyedMerge keyedMerge = new KeyedMerge(table, images, merge);
        ChangeMultiset multiset = new ChangeMultiset(keyedMerge, images, merge);
        Predicate<DataFile> replaced = replaced(merge, layout);
        boolean wholeFiles = rebuild && replacesWholeFiles(base, committable);
        if (keyed && !wholeFiles) {
            keyedMerge.resolve(foreign, replaced);
        } else if (rebuild && !wholeFiles) {
            multiset.replace(replaced);
        } else {
            checkRowsAreThere(merge);
        }
        boolean asWritten = committable.singleFlush() && !rebuild && !keyed && !kind.deletes();
        ChangedRows changed = key.isEmpty() ? multiset : new ChangePairs(keyedMerge, images, merge);
        ChangeCounts counts = asWritten ? committable.counts() : changed.pair();
        FileActions actions =
                new FileActions(
                        table,
                        base.metadata(),
                        clock.millis(),
                        () -> ParquetRowWriter.dataFiles(layout, naming));
        if (wholeFiles) {
            long rows = actions.removeAll(merge, replaced);
            counts = counts.plus(new ChangeCounts(0, 0, rows));
        }
        actions.make(merge);
        List<ChangeFile> changes = List.of();
        if (needsChangeFiles(base, merge, actions)) {
            changes = asWritten ? committable.changeFiles() : write(changed, layout);
        }
        long version =
                chain.commit(
                        base,
                        new CommitContent(
                                kind.operation(),
                                Optional.of(
                                        new TransactionId(facts.sinkId(), committable.counter())),
                                actions.adds(),
                                actions.removes(),
                                changes,
                                CommitParameters.of(
                                        facts, committable, counts, merge.isRemerged())));
        live.committed(version, actions.adds(), actions.removes(), base.metadata());
        return new CommitOutcome.Committed(version, counts);
    }

    private Predicate<DataFile> replaced(Merge merge, FileLayout layout) {
        return kind instanceof CommitKind.Overwrite overwrite
                ? new ReplacedFiles(overwrite.replaced(), merge, layout)::contains
                : file -> true;
    }

    /** Without new rows, or where nobody asks what changed, no row needs to be looked at. */
    private boolean replacesWholeFiles(TableSnapshot base, Committable committable) {
        return committable.files().isEmpty()
                || (key.isEmpty() && !base.metadata().changeFeedEnabled());
    }

    /** A deletion means the row that was read, wherever others have put it since. */
    private void checkRowsAreThere(Merge merge) {
        long version = merge.base().version();
        if (kind instanceof CommitKind.RowLevel rowLevel) {
            if (merge.isOverlapping() || !merge.gone().isEmpty()) {
                throw new RefusedException(
                        "%s: cannot commit the %s at version %d: others have changed or moved rows that it read at version %d. Run the statement again."
                                .formatted(
                                        table.location(),
                                        rowLevel.statement(),
                                        version,
                                        merge.committable().indexVersion()));
            }
        } else if (!merge.gone().isEmpty()) {
            throw new IllegalStateException(
                    "%s: cannot commit on version %d: rows of %s are to be deleted, and the table does not hold these files. Restart from the last checkpoint and report this."
                            .formatted(table.location(), version, merge.gone().paths()));
        }
    }

    private ForeignCommits foreign(TableSnapshot base, Committable committable) throws IOException {
        return key.isEmpty() || committable.rebuild() || kind.deletes()
                ? ForeignCommits.NONE
                : ForeignCommits.between(
                        table, facts.sinkId(), committable.indexVersion(), base.version());
    }

    /** Without change files readers take added rows for inserts and removed ones for deletes. */
    private static boolean needsChangeFiles(TableSnapshot base, Merge merge, FileActions actions) {
        if (!base.metadata().changeFeedEnabled()) {
            return false;
        }
        boolean mixed = !merge.deletions().isEmpty() && merge.stagedRows() > 0;
        return mixed || actions.hidesChanges();
    }

    private List<ChangeFile> write(ChangedRows changed, FileLayout layout) throws IOException {
        try (ParquetRowWriter out = ParquetRowWriter.changeFiles(layout, naming)) {
            return changed.write(out);
        }
    }
}
