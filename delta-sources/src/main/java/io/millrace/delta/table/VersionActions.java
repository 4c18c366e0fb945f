package io.millrace.delta.table;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that one commit did to a table.
 *
 * @param version of the table after the commit
 * @param timestamp epoch milliseconds: the in-commit timestamp if the table has one, else the
 *     file's modification time
 * @param adds in the order of the log
 * @param removes in the order of the log
 * @param changes in the order of the log
 * @param metadata present if the commit changed it
 * @param protocol present if the commit changed it
 * @param transactions application id to version
 * @param info what the commit says of itself
 */
public record VersionActions(
        long version,
        long timestamp,
        List<DataFile> adds,
        List<RemovedFile> removes,
        List<ChangeFile> changes,
        Optional<TableMetadata> metadata,
        Optional<TableProtocol> protocol,
        Map<String, Long> transactions,
        CommitInfo info) {

    public VersionActions {
        adds = List.copyOf(adds);
        removes = List.copyOf(removes);
        changes = List.copyOf(changes);
        requireNonNull(metadata, "metadata is null");
        requireNonNull(protocol, "protocol is null");
        transactions = Map.copyOf(transactions);
        requireNonNull(info, "info is null");
    }
}
