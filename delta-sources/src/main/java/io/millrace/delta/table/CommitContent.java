package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one commit is to do.
 *
 * @param operation as it appears in the table's history
 * @param transaction recorded with the commit; a table refuses one that is not newer than what it
 *     has
 * @param adds files that become part of the table
 * @param removes files that cease to be part of it
 * @param changes change rows of this commit
 * @param parameters added to the operation parameters of the commit
 */
public record CommitContent(
        CommitOperation operation,
        Optional<TransactionId> transaction,
        List<DataFile> adds,
        List<RemovedFile> removes,
        List<ChangeFile> changes,
        Map<String, String> parameters) {

    public CommitContent {
        requireNonNull(operation, "operation is null");
        requireNonNull(transaction, "transaction is null");
        adds = List.copyOf(adds);
        removes = List.copyOf(removes);
        changes = List.copyOf(changes);
        parameters = Map.copyOf(parameters);
    }

    /** A commit that only records facts, such as the creation of an empty table. */
    public static CommitContent empty(CommitOperation operation, Map<String, String> parameters) {
        return new CommitContent(
                operation, Optional.empty(), List.of(), List.of(), List.of(), parameters);
    }
}
