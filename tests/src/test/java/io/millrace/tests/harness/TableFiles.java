package io.millrace.tests.harness;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RowPositions;
import io.millrace.tests.harness.TableLayout.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Writes files and commits of a test table in random layouts: number of files, row groups, order of
 * rows, and what other writers may leave out of actions. The log is written by hand.
 */
final class TableFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path location;
    private final TableLayout layout;
    private final Random random;

    TableFiles(Path location, TableLayout layout, Random random) {
        this.location = requireNonNull(location, "location is null");
        this.layout = requireNonNull(layout, "layout is null");
        this.random = requireNonNull(random, "random is null");
    }

    /** A data file that is part of the table. */
    record LiveFile(
            String path,
            Map<String, String> partition,
            long size,
            List<List<Object>> rows,
            RowPositions deleted,
            List<DeletionVector> vector) {

        List<List<Object>> liveRows() {
            List<List<Object>> live = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                if (!deleted.contains(i)) {
                    live.add(rows.get(i));
                }
            }
            return live;
        }

        boolean isEmpty() {
            return deleted.cardinality() == rows.size();
        }
    }

    private record Written(String path, Map<String, String> partition, long size) {}

    /** The rows in one to three files a partition. */
    List<LiveFile> writeData(List<List<Object>> rows) {
        List<LiveFile> files = new ArrayList<>();
        for (List<List<Object>> part : parts(rows)) {
            Written file = write("part-", layout.columns(), part);
            files.add(
                    new LiveFile(
                            file.path(),
                            file.partition(),
                            file.size(),
                            List.copyOf(part),
                            new RowPositions(),
                            List.of()));
        }
        return files;
    }

    /** Change rows, whose last value is the change type; returns their cdc actions. */
    List<ObjectNode> writeChanges(List<List<Object>> rows) {
        List<Column> columns = new ArrayList<>(layout.columns());
        columns.add(TableLayout.string("_change_type"));
        List<ObjectNode> actions = new ArrayList<>();
        for (List<List<Object>> part : parts(rows)) {
            Written file = write("_change_data/cdc-", columns, part);
            ObjectNode body = JSON.createObjectNode();
            body.put("path", file.path());
            putPartition(body, file.partition());
            body.put("size", file.size());
            body.put("dataChange", false);
            actions.add(action("cdc", body));
        }
        return actions;
    }

    private List<List<List<Object>>> parts(List<List<Object>> rows) {
        Map<Object, List<List<Object>>> byPartition = new LinkedHashMap<>();
        for (List<Object> row : rows) {
            byPartition
                    .computeIfAbsent(
                            String.valueOf(layout.partitionIndex().map(row::get).orElse(null)),
                            k -> new ArrayList<>())
                    .add(row);
        }
        List<List<List<Object>>> parts = new ArrayList<>();
        for (List<List<Object>> partition : byPartition.values()) {
            int files = Math.min(partition.size(), 1 + random.nextInt(3));
            for (int i = 0; i < files; i++) {
                parts.add(
                        partition.subList(
                                partition.size() * i / files, partition.size() * (i + 1) / files));
            }
        }
        return parts;
    }

    private Written write(String prefix, List<Column> columns, List<List<Object>> rows) {
        List<Column> stored = new ArrayList<>(columns);
        List<List<Object>> values = new ArrayList<>();
        rows.forEach(row -> values.add(new ArrayList<>(row)));
        Map<String, String> partition = new LinkedHashMap<>();
        layout.partitionIndex()
                .ifPresent(
                        index -> {
                            partition.put(
                                    columns.get(index).name(), (String) rows.get(0).get(index));
                            stored.remove((int) index);
                            values.forEach(row -> row.remove((int) index));
                        });
        String path = prefix + UUID.randomUUID() + ".parquet";
        Path file = location.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            ParquetGroups.write(file, stored, values, random.nextBoolean() ? 256 : 1 << 20);
            return new Written(path, partition, Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same file with more rows deleted (or fewer). */
    LiveFile withDeleted(LiveFile file, RowPositions deleted) {
        List<DeletionVector> vector =
                deleted.isEmpty()
                        ? List.of()
                        : List.copyOf(
                                DeletionVectors.write(
                                                DeltaTable.at(location.toString()),
                                                Map.of(file.path(), deleted))
                                        .values());
        return new LiveFile(
                file.path(), file.partition(), file.size(), file.rows(), deleted, vector);
    }

    ObjectNode add(LiveFile file, boolean dataChange) {
        ObjectNode body = JSON.createObjectNode();
        body.put("path", file.path());
        putPartition(body, file.partition());
        body.put("size", file.size());
        body.put("modificationTime", 1_700_000_000_000L);
        body.put("dataChange", dataChange);
        if (random.nextBoolean() || !file.vector().isEmpty()) {
            body.put("stats", "{\"numRecords\":" + file.rows().size() + "}");
        }
        putVector(body, file);
        return action("add", body);
    }

    ObjectNode remove(LiveFile file, boolean dataChange) {
        ObjectNode body = JSON.createObjectNode();
        body.put("path", file.path());
        body.put("deletionTimestamp", 1_700_000_000_000L);
        body.put("dataChange", dataChange);
        // With a partition the values are needed to read the rows, so only then they always stand.
        if (layout.partition().isPresent() || random.nextBoolean()) {
            body.put("extendedFileMetadata", true);
            putPartition(body, file.partition());
            body.put("size", file.size());
        }
        putVector(body, file);
        return action("remove", body);
    }

    private void putPartition(ObjectNode body, Map<String, String> partition) {
        ObjectNode values = body.putObject("partitionValues");
        partition.forEach(
                (column, value) -> {
                    if (value == null && random.nextBoolean()) {
                        values.put(column, "");
                    } else {
                        values.put(column, value);
                    }
                });
    }

    private static void putVector(ObjectNode body, LiveFile file) {
        for (DeletionVector vector : file.vector()) {
            ObjectNode dv = body.putObject("deletionVector");
            dv.put("storageType", vector.storageType());
            dv.put("pathOrInlineDv", vector.pathOrInlineDv());
            vector.offset().ifPresent(offset -> dv.put("offset", offset));
            dv.put("sizeInBytes", vector.sizeInBytes());
            dv.put("cardinality", vector.cardinality());
        }
    }

    private static ObjectNode action(String name, ObjectNode body) {
        ObjectNode line = JSON.createObjectNode();
        line.set(name, body);
        return line;
    }

    /** Version 0. */
    void create() {
        ObjectNode protocol = JSON.createObjectNode();
        protocol.put("minReaderVersion", 3).put("minWriterVersion", 7);
        protocol.putArray("readerFeatures").add("deletionVectors");
        protocol.putArray("writerFeatures").add("deletionVectors").add("changeDataFeed");
        ObjectNode metadata = JSON.createObjectNode();
        metadata.put("id", UUID.randomUUID().toString());
        metadata.putObject("format").put("provider", "parquet").putObject("options");
        metadata.put("schemaString", layout.schemaString());
        var partitions = metadata.putArray("partitionColumns");
        layout.partition().ifPresent(partitions::add);
        metadata.putObject("configuration")
                .put("delta.enableChangeDataFeed", "true")
                .put("delta.enableDeletionVectors", "true");
        metadata.put("createdTime", 1_700_000_000_000L);
        commit(
                0,
                "CREATE TABLE",
                List.of(action("protocol", protocol), action("metaData", metadata)));
    }

    /** Makes the version visible in one step. */
    void commit(long version, String operation, List<ObjectNode> actions) {
        ObjectNode info = JSON.createObjectNode();
        info.put("timestamp", 1_700_000_000_000L + version * 1000);
        info.put("operation", operation);
        info.putObject("operationParameters");
        List<String> lines = new ArrayList<>();
        lines.add(action("commitInfo", info).toString());
        actions.forEach(action -> lines.add(action.toString()));
        Path log = location.resolve("_delta_log");
        try {
            Files.createDirectories(log);
            Path temporary = location.resolve("_" + UUID.randomUUID());
            Files.write(temporary, lines);
            Files.move(
                    temporary,
                    log.resolve("%020d.json".formatted(version)),
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
