package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.data.Row;
import io.delta.kernel.exceptions.ConcurrentTransactionException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.delta.kernel.exceptions.TableAlreadyExistsException;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.types.DataTypeJsonSerDe;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.transaction.CreateTableTransactionBuilder;
import io.delta.kernel.transaction.DataLayoutSpec;
import io.delta.kernel.transaction.UpdateTableTransactionBuilder;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Carries out one commit through a Kernel transaction that tries exactly once: what a conflict
 * means, the caller knows.
 */
final class TableCommit {

    /** File systems on which a file is written only if it does not exist, in one step. */
    private static final Set<String> EXCLUSIVE_SCHEMES =
            Set.of("file", "hdfs", "abfs", "abfss", "wasb", "wasbs", "gs");

    private static final String ENGINE_INFO = "Millrace";

    private final DeltaTable table;

    TableCommit(DeltaTable table) {
        this.table = requireNonNull(table, "table is null");
    }

    long create(TableDefinition definition, CommitContent content) throws CommitConflictException {
        checkWritersExcludeEachOther();
        RecordingCommitter committer = new RecordingCommitter();
        committer.record(content);
        committer.describe(definition.description());
        CreateTableTransactionBuilder builder =
                TableManager.buildCreateTableTransaction(
                                table.location(), definition.schema(), ENGINE_INFO)
                        .withTableProperties(definition.properties())
                        .withMaxRetries(0)
                        .withCommitter(committer);
        if (!definition.partitionColumns().isEmpty()) {
            builder =
                    builder.withDataLayoutSpec(
                            DataLayoutSpec.partitioned(
                                    definition.partitionColumns().stream()
                                            .map(Column::new)
                                            .toList()));
        }
        try (LogUpkeep upkeep = new LogUpkeep()) {
            TransactionCommitResult result = commit(builder.build(table.engine()), content);
            if (definition.description().isEmpty()) {
                // Kernel's checksum would know nothing of a description.
                upkeep.after(table, result);
            }
            return result.getVersion();
        } catch (TableAlreadyExistsException e) {
            throw new CommitConflictException(table.location() + ": the table exists already", e);
        } catch (KernelException e) {
            throw table.refused("create the table", e);
        }
    }

    /**
     * @param base loaded with a {@link RecordingCommitter} that was given the content
     */
    TransactionCommitResult commit(TableSnapshot base, CommitContent content)
            throws CommitConflictException {
        checkWritersExcludeEachOther();
        if (!content.removes().isEmpty()
                && "true".equalsIgnoreCase(base.metadata().properties().get("delta.appendOnly"))
                && content.removes().stream().anyMatch(RemovedFile::dataChange)) {
            throw new RefusedException(
                    table.location()
                            + ": cannot delete or update rows at version "
                            + (base.version() + 1)
                            + ": the table is append-only (delta.appendOnly). "
                            + "Unset the property or write in append mode.");
        }
        UpdateTableTransactionBuilder builder =
                base.kernel()
                        .buildUpdateTableTransaction(ENGINE_INFO, content.operation().kernel())
                        .withMaxRetries(0);
        if (content.transaction().isPresent()) {
            TransactionId id = content.transaction().get();
            builder = builder.withTransactionId(id.appId(), id.version());
        }
        try {
            return commit(builder.build(table.engine()), content);
        } catch (ConcurrentTransactionException e) {
            throw new CommitConflictException(
                    table.location()
                            + ": transaction "
                            + content.transaction()
                            + " is in the table already",
                    e);
        } catch (KernelException e) {
            throw table.refused("commit version " + (base.version() + 1), e);
        }
    }

    long changeSchema(TableSnapshot base, StructType schema, CommitContent content)
            throws CommitConflictException {
        checkWritersExcludeEachOther();
        try {
            Transaction transaction =
                    TableManager.loadSnapshot(table.location())
                            .atVersion(base.version())
                            .build(table.engine())
                            .buildUpdateTableTransaction(ENGINE_INFO, content.operation().kernel())
                            .withMaxRetries(0)
                            .withUpdatedSchema(
                                    MappedColumns.complete(schema, base.metadata().properties()))
                            .build(table.engine());
            return commit(transaction, content).getVersion();
        } catch (KernelException e) {
            throw table.refused("change the schema in version " + (base.version() + 1), e);
        }
    }

    /** Sets properties; Kernel turns on the features that they need. */
    long setProperties(TableSnapshot base, Map<String, String> properties, CommitContent content)
            throws CommitConflictException {
        checkWritersExcludeEachOther();
        try (LogUpkeep upkeep = new LogUpkeep()) {
            TransactionCommitResult result =
                    commit(
                            base.kernel()
                                    .buildUpdateTableTransaction(
                                            ENGINE_INFO, content.operation().kernel())
                                    .withMaxRetries(0)
                                    .withTablePropertiesAdded(properties)
                                    .build(table.engine()),
                            content);
            upkeep.after(table, result);
            return result.getVersion();
        } catch (KernelException | IllegalArgumentException e) {
            throw new RefusedException(
                    "%s: cannot set properties %s at version %d: %s. Correct them."
                            .formatted(
                                    table.location(),
                                    new TreeSet<>(properties.keySet()),
                                    base.version() + 1,
                                    e.getMessage()),
                    e);
        }
    }

    /**
     * Commits metadata that Kernel has no transaction for: it adds columns only to tables that map
     * theirs, and neither describes a table nor takes a property of Delta's away. The caller has
     * made sure that the table's features allow the change.
     */
    long changeMetadata(TableSnapshot base, MetadataChange change, CommitContent content)
            throws CommitConflictException {
        checkWritersExcludeEachOther();
        Metadata before = base.kernel().getMetadata();
        StructType schema = change.schema().orElseGet(before::getSchema);
        Map<String, String> properties = new TreeMap<>(before.getConfiguration());
        properties.keySet().removeAll(change.unset());
        Metadata after =
                new Metadata(
                        before.getId(),
                        before.getName(),
                        change.description().or(before::getDescription),
                        before.getFormat(),
                        DataTypeJsonSerDe.serializeDataType(schema),
                        schema,
                        before.getPartitionColumns(),
                        before.getCreatedTime(),
                        VectorUtils.stringStringMapValue(properties));
        try {
            Transaction transaction =
                    base.kernel()
                            .buildUpdateTableTransaction(ENGINE_INFO, content.operation().kernel())
                            .withMaxRetries(0)
                            .build(table.engine());
            return commit(transaction, List.of(ActionRows.metadata(after))).getVersion();
        } catch (KernelException e) {
            throw table.refused("change the table in version " + (base.version() + 1), e);
        }
    }

    /** A commit must not replace that of another writer (Delta protocol, "Delta Log Entries"). */
    private void checkWritersExcludeEachOther() {
        int colon = table.location().indexOf(':');
        boolean local = table.location().startsWith("/") || colon < 0;
        String scheme = local ? "file" : table.location().substring(0, colon);
        if (!EXCLUSIVE_SCHEMES.contains(scheme)) {
            throw new RefusedException(
                    "%s: cannot commit to the table: on '%s' one writer can overwrite the commit of another unseen. Write to a local folder, hdfs, abfss or gs; tables on other storage can be read."
                            .formatted(table.location(), scheme));
        }
    }

    private TransactionCommitResult commit(Transaction transaction, CommitContent content)
            throws CommitConflictException {
        return commit(transaction, lines(content));
    }

    private TransactionCommitResult commit(Transaction transaction, List<Row> lines)
            throws CommitConflictException {
        try {
            return transaction.commit(table.engine(), iterable(lines));
        } catch (ConcurrentWriteException | MaxCommitRetryLimitReachedException e) {
            long version = transaction.getReadTableVersion() + 1;
            boolean conflict =
                    !(e.getCause() instanceof CommitFailedException failed) || failed.isConflict();
            throw new CommitConflictException(
                    conflict
                            ? "%s: another writer committed version %d first"
                                    .formatted(table.location(), version)
                            : "%s: the storage did not say that version %d was written: %s"
                                    .formatted(
                                            table.location(), version, e.getCause().getMessage()),
                    e);
        }
    }

    private static List<Row> lines(CommitContent content) {
        List<Row> lines = new ArrayList<>();
        content.removes().forEach(file -> lines.add(ActionRows.remove(file, false)));
        content.adds().forEach(file -> lines.add(ActionRows.add(file)));
        content.changes().forEach(file -> lines.add(ActionRows.change(file)));
        return lines;
    }

    /** Kernel goes through the actions more than once. */
    private static CloseableIterable<Row> iterable(List<Row> lines) {
        return new CloseableIterable<>() {
            @Override
            public CloseableIterator<Row> iterator() {
                return Utils.toCloseableIterator(lines.iterator());
            }

            @Override
            public void close() {}
        };
    }
}
