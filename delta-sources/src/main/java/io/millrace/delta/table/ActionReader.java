package io.millrace.delta.table;

import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Turns the rows that Kernel reads from the log into our values. */
final class ActionReader {

    private ActionReader() {}

    /** Reads all actions of one commit and closes them. */
    static VersionActions read(io.delta.kernel.CommitActions commit) {
        Collector collector = new Collector();
        try (CloseableIterator<ColumnarBatch> batches = commit.getActions()) {
            while (batches.hasNext()) {
                ColumnarBatch batch = batches.next();
                try (CloseableIterator<Row> rows = batch.getRows()) {
                    while (rows.hasNext()) {
                        collector.take(rows.next());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return collector.actions(commit.getVersion(), commit.getTimestamp());
    }

    /** Reads what a commit says of itself and closes its actions; they hold nothing else. */
    static CommitSummary summary(io.delta.kernel.CommitActions commit) {
        CommitSummary summary =
                new CommitSummary(
                        commit.getVersion(),
                        commit.getTimestamp(),
                        CommitInfo.NONE,
                        Map.of(),
                        Optional.empty(),
                        Optional.empty());
        try (CloseableIterator<ColumnarBatch> batches = commit.getActions()) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getRows()) {
                    while (rows.hasNext()) {
                        Row line = rows.next();
                        if (has(line, "commitInfo")) {
                            Row info = line.getStruct(at(line, "commitInfo"));
                            summary = summary(commit, info);
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return summary;
    }

    private static CommitSummary summary(io.delta.kernel.CommitActions commit, Row info) {
        return new CommitSummary(
                commit.getVersion(),
                commit.getTimestamp(),
                commitInfo(info),
                map(info, "operationMetrics"),
                optionalText(info, "engineInfo"),
                has(info, "isBlindAppend")
                        ? Optional.of(info.getBoolean(at(info, "isBlindAppend")))
                        : Optional.empty());
    }

    private static CommitInfo commitInfo(Row info) {
        return new CommitInfo(
                optionalText(info, "operation").orElse(""), map(info, "operationParameters"));
    }

    static DataFile dataFile(Row add) {
        return new DataFile(
                text(add, "path"),
                partitionValues(add),
                add.getLong(at(add, "size")),
                add.getLong(at(add, "modificationTime")),
                add.getBoolean(at(add, "dataChange")),
                deletionVector(add),
                optionalText(add, "stats"),
                map(add, "tags"),
                rowIds(add));
    }

    private static Optional<RowIds> rowIds(Row add) {
        return has(add, "baseRowId") && has(add, "defaultRowCommitVersion")
                ? Optional.of(
                        new RowIds(
                                add.getLong(at(add, "baseRowId")),
                                add.getLong(at(add, "defaultRowCommitVersion"))))
                : Optional.empty();
    }

    static Optional<TransactionMark> transaction(Row line) {
        if (!has(line, "txn")) {
            return Optional.empty();
        }
        Row mark = line.getStruct(at(line, "txn"));
        return Optional.of(
                new TransactionMark(
                        new TransactionId(text(mark, "appId"), mark.getLong(at(mark, "version"))),
                        has(mark, "lastUpdated")
                                ? OptionalLong.of(mark.getLong(at(mark, "lastUpdated")))
                                : OptionalLong.empty()));
    }

    static TableMetadata metadata(Metadata metadata) {
        return new TableMetadata(
                metadata.getId(),
                metadata.getSchema(),
                VectorUtils.toJavaList(metadata.getPartitionColumns()),
                metadata.getConfiguration(),
                metadata.getDescription().orElse(""));
    }

    static TableProtocol protocol(Protocol protocol) {
        return new TableProtocol(
                protocol.getMinReaderVersion(),
                protocol.getMinWriterVersion(),
                protocol.getReaderFeatures(),
                protocol.getWriterFeatures());
    }

    private static RemovedFile removedFile(Row remove) {
        int timestamp = at(remove, "deletionTimestamp");
        int size = at(remove, "size");
        return new RemovedFile(
                text(remove, "path"),
                has(remove, "partitionValues")
                        ? Optional.of(partitionValues(remove))
                        : Optional.empty(),
                remove.isNullAt(size)
                        ? OptionalLong.empty()
                        : OptionalLong.of(remove.getLong(size)),
                remove.isNullAt(timestamp) ? 0 : remove.getLong(timestamp),
                remove.getBoolean(at(remove, "dataChange")),
                deletionVector(remove));
    }

    private static Optional<DeletionVector> deletionVector(Row action) {
        int ordinal = at(action, "deletionVector");
        if (ordinal < 0 || action.isNullAt(ordinal)) {
            return Optional.empty();
        }
        Row vector = action.getStruct(ordinal);
        int offset = at(vector, "offset");
        return Optional.of(
                new DeletionVector(
                        text(vector, "storageType"),
                        text(vector, "pathOrInlineDv"),
                        vector.isNullAt(offset)
                                ? OptionalInt.empty()
                                : OptionalInt.of(vector.getInt(offset)),
                        vector.getInt(at(vector, "sizeInBytes")),
                        vector.getLong(at(vector, "cardinality"))));
    }

    /**
     * Null and the empty string are the same partition value (Delta protocol, "Partition Value
     * Serialization").
     */
    private static Map<String, String> partitionValues(Row action) {
        Map<String, String> values = new LinkedHashMap<>(map(action, "partitionValues"));
        values.replaceAll((column, value) -> value == null || value.isEmpty() ? null : value);
        return values;
    }

    private static Map<String, String> map(Row row, String field) {
        if (!has(row, field)) {
            return Map.of();
        }
        MapValue value = row.getMap(at(row, field));
        return VectorUtils.toJavaMap(value);
    }

    private static Optional<String> optionalText(Row row, String field) {
        return has(row, field) ? Optional.of(text(row, field)) : Optional.empty();
    }

    private static String text(Row row, String field) {
        return row.getString(at(row, field));
    }

    private static boolean has(Row row, String field) {
        int ordinal = at(row, field);
        return ordinal >= 0 && !row.isNullAt(ordinal);
    }

    private static int at(Row row, String field) {
        return row.getSchema().indexOf(field);
    }

    /** Gathers the lines of one commit. */
    private static final class Collector {

        private final List<DataFile> adds = new ArrayList<>();
        private final List<RemovedFile> removes = new ArrayList<>();
        private final List<ChangeFile> changes = new ArrayList<>();
        private final Map<String, Long> transactions = new LinkedHashMap<>();
        private Optional<TableMetadata> metadata = Optional.empty();
        private Optional<TableProtocol> protocol = Optional.empty();
        private CommitInfo info = CommitInfo.NONE;

        void take(Row line) {
            if (has(line, "add")) {
                adds.add(dataFile(struct(line, "add")));
            } else if (has(line, "remove")) {
                removes.add(removedFile(struct(line, "remove")));
            } else if (has(line, "cdc")) {
                Row cdc = struct(line, "cdc");
                changes.add(
                        new ChangeFile(
                                text(cdc, "path"),
                                partitionValues(cdc),
                                cdc.getLong(at(cdc, "size"))));
            } else if (has(line, "metaData")) {
                metadata =
                        Optional.of(
                                ActionReader.metadata(Metadata.fromRow(struct(line, "metaData"))));
            } else if (has(line, "protocol")) {
                protocol =
                        Optional.of(
                                ActionReader.protocol(Protocol.fromRow(struct(line, "protocol"))));
            } else if (has(line, "txn")) {
                Row txn = struct(line, "txn");
                transactions.put(text(txn, "appId"), txn.getLong(at(txn, "version")));
            } else if (has(line, "commitInfo")) {
                info = commitInfo(struct(line, "commitInfo"));
            }
        }

        private static Row struct(Row line, String field) {
            return line.getStruct(at(line, field));
        }

        VersionActions actions(long version, long timestamp) {
            return new VersionActions(
                    version,
                    timestamp,
                    adds,
                    removes,
                    changes,
                    metadata,
                    protocol,
                    transactions,
                    info);
        }
    }
}
