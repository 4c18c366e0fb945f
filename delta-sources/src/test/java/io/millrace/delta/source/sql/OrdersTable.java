package io.millrace.delta.source.sql;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StructType;
import io.millrace.delta.table.ChangeFile;
import io.millrace.delta.table.CommitConflictException;
import io.millrace.delta.table.CommitContent;
import io.millrace.delta.table.CommitOperation;
import io.millrace.delta.table.DataFile;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RemovedFile;
import io.millrace.delta.table.RowPositions;
import io.millrace.delta.table.TableDefinition;
import io.millrace.delta.table.TableMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * A Delta table of (id, customer, amount) that a test changes version by version, through deletion
 * vectors, with or without change files; it remembers the rows of every version.
 */
final class OrdersTable {

    private static final StructType SCHEMA =
            new StructType()
                    .add("id", LongType.LONG, false)
                    .add("customer", LongType.LONG)
                    .add("amount", LongType.LONG);

    private static final MessageType DATA =
            Types.buildMessage()
                    .required(PrimitiveTypeName.INT64)
                    .named("id")
                    .optional(PrimitiveTypeName.INT64)
                    .named("customer")
                    .optional(PrimitiveTypeName.INT64)
                    .named("amount")
                    .named("data");

    private static final MessageType CHANGES =
            Types.buildMessage()
                    .addFields(DATA.getFields().toArray(org.apache.parquet.schema.Type[]::new))
                    .required(PrimitiveTypeName.BINARY)
                    .as(LogicalTypeAnnotation.stringType())
                    .named("_change_type")
                    .named("changes");

    private final DeltaTable table;
    private final Map<String, LiveFile> files = new LinkedHashMap<>();
    private final List<Map<Long, Order>> versions = new ArrayList<>();
    private int fileNumber;

    private OrdersTable(Path folder) {
        table = DeltaTable.at(folder.toString());
    }

    record Order(long id, long customer, long amount) {}

    private record LiveFile(DataFile file, List<Order> rows, RowPositions deleted) {}

    private record Change(String type, Order order) {}

    /** An empty table, at version 0. */
    static OrdersTable create(Path folder, boolean changeFeed, String key)
            throws CommitConflictException {
        OrdersTable orders = new OrdersTable(folder);
        Map<String, String> properties = new HashMap<>();
        properties.put("delta.enableDeletionVectors", "true");
        properties.put("delta.enableChangeDataFeed", Boolean.toString(changeFeed));
        if (!key.isEmpty()) {
            properties.put(TableMetadata.KEY_PROPERTY, key);
        }
        orders.table.create(
                new TableDefinition(SCHEMA, List.of(), properties),
                CommitContent.empty(CommitOperation.CREATE_TABLE, Map.of()));
        orders.versions.add(Map.of());
        return orders;
    }

    String location() {
        return table.location();
    }

    /** The rows of a version, by id. */
    Map<Long, Order> at(long version) {
        return versions.get((int) version);
    }

    long version() {
        return versions.size() - 1L;
    }

    /**
     * Commits one version.
     *
     * @param orders by id; an empty one deletes the row
     * @param newFiles how many files the new rows are spread over
     */
    long commit(Map<Long, Optional<Order>> orders, int newFiles, boolean withChangeFile)
            throws IOException, CommitConflictException {
        Map<Long, Order> rows = new TreeMap<>(at(version()));
        List<Change> changes = new ArrayList<>();
        List<Order> written = new ArrayList<>();
        orders.forEach(
                (id, after) -> {
                    Order before = rows.remove(id);
                    after.ifPresent(order -> rows.put(id, order));
                    after.ifPresent(written::add);
                    String update = before != null && after.isPresent() ? "update_" : "";
                    if (before != null) {
                        changes.add(
                                new Change(
                                        update.isEmpty() ? "delete" : "update_preimage", before));
                    }
                    after.ifPresent(
                            order ->
                                    changes.add(
                                            new Change(
                                                    update.isEmpty()
                                                            ? "insert"
                                                            : "update_postimage",
                                                    order)));
                });
        List<RemovedFile> removes = new ArrayList<>();
        List<DataFile> adds = new ArrayList<>(deleteRows(orders, removes));
        for (int i = 0; i < newFiles && !written.isEmpty(); i++) {
            List<Order> part = new ArrayList<>();
            for (int row = i; row < written.size(); row += newFiles) {
                part.add(written.get(row));
            }
            if (!part.isEmpty()) {
                adds.add(writeData(part));
            }
        }
        table.commit(
                table.snapshot(),
                new CommitContent(
                        CommitOperation.WRITE,
                        Optional.empty(),
                        adds,
                        removes,
                        withChangeFile && !changes.isEmpty()
                                ? List.of(writeChanges(changes))
                                : List.of(),
                        Map.of()));
        versions.add(rows);
        return version();
    }

    private List<DataFile> deleteRows(
            Map<Long, Optional<Order>> orders, List<RemovedFile> removes) {
        Map<String, RowPositions> deletions = new LinkedHashMap<>();
        files.forEach(
                (path, live) -> {
                    for (int position = 0; position < live.rows().size(); position++) {
                        if (!live.deleted().contains(position)
                                && orders.containsKey(live.rows().get(position).id())) {
                            deletions
                                    .computeIfAbsent(path, p -> live.deleted().copy())
                                    .add(position);
                        }
                    }
                });
        List<DataFile> adds = new ArrayList<>();
        Map<String, DeletionVector> vectors = DeletionVectors.write(table, deletions);
        deletions.forEach(
                (path, deleted) -> {
                    LiveFile live = files.remove(path);
                    removes.add(live.file().toRemoved(1));
                    if (deleted.cardinality() < live.rows().size()) {
                        DataFile file =
                                live.file().withDeletionVector(Optional.of(vectors.get(path)));
                        files.put(path, new LiveFile(file, live.rows(), deleted));
                        adds.add(file);
                    }
                });
        return adds;
    }

    private DataFile writeData(List<Order> rows) throws IOException {
        String name = "part-" + fileNumber++ + ".parquet";
        List<Group> groups = new ArrayList<>();
        for (Order order : rows) {
            groups.add(group(DATA, order));
        }
        long size = write(name, DATA, groups);
        DataFile file =
                new DataFile(
                        name,
                        Map.of(),
                        size,
                        1,
                        true,
                        Optional.empty(),
                        Optional.of("{\"numRecords\":" + rows.size() + "}"),
                        Map.of());
        files.put(name, new LiveFile(file, rows, new RowPositions()));
        return file;
    }

    private ChangeFile writeChanges(List<Change> changes) throws IOException {
        String name = "_change_data/cdc-" + fileNumber++ + ".parquet";
        List<Group> groups = new ArrayList<>();
        for (Change change : changes) {
            Group group = group(CHANGES, change.order());
            group.add("_change_type", change.type());
            groups.add(group);
        }
        return new ChangeFile(name, Map.of(), write(name, CHANGES, groups));
    }

    private static Group group(MessageType type, Order order) {
        Group group = new SimpleGroup(type);
        group.add("id", order.id());
        group.add("customer", order.customer());
        group.add("amount", order.amount());
        return group;
    }

    private long write(String name, MessageType type, List<Group> groups) throws IOException {
        Path path = Path.of(table.location(), name);
        Files.createDirectories(path.getParent());
        try (ParquetWriter<Group> writer =
                ExampleParquetWriter.builder(new LocalOutputFile(path)).withType(type).build()) {
            for (Group group : groups) {
                writer.write(group);
            }
        }
        return Files.size(path);
    }
}
