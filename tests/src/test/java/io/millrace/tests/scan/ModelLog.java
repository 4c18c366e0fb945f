package io.millrace.tests.scan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.delta.table.DeletionVector;
import io.millrace.delta.table.DeletionVectors;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.RowPositions;
import io.millrace.tests.scan.ModelTable.Change;
import io.millrace.tests.scan.ModelType.Field;
import io.millrace.tests.scan.ModelType.Primitive;
import io.millrace.tests.scan.ModelType.Struct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Files and commits of a model table; the log is written by hand, with what writers may choose. */
final class ModelLog {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long TIME = 1_700_000_000_000L;

    private final Path location;
    private final Random random;
    private final boolean mapped;
    private final Set<String> partitions;
    private final String tableId = UUID.randomUUID().toString();

    ModelLog(Path location, Random random, boolean mapped, Set<String> partitions) {
        this.location = location;
        this.random = random;
        this.mapped = mapped;
        this.partitions = Set.copyOf(partitions);
    }

    /** A data file of the table; partition values by physical name. */
    record LiveFile(
            String path,
            Map<String, String> partition,
            long size,
            Struct columns,
            List<Map<String, Object>> rows,
            RowPositions deleted,
            Optional<DeletionVector> vector) {

        List<Map<String, Object>> liveRows() {
            List<Map<String, Object>> left = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                if (!deleted.contains(i)) {
                    left.add(rows.get(i));
                }
            }
            return left;
        }
    }

    List<ObjectNode> create(Struct columns, int maxId) {
        ObjectNode protocol = JSON.createObjectNode();
        protocol.put("minReaderVersion", 3).put("minWriterVersion", 7);
        var readers = protocol.putArray("readerFeatures").add("deletionVectors");
        readers.add("timestampNtz");
        if (mapped) {
            readers.add("columnMapping");
        }
        protocol.putArray("writerFeatures").addAll(readers).add("changeDataFeed");
        return List.of(action("protocol", protocol), metadata(columns, maxId));
    }

    ObjectNode metadata(Struct columns, int maxId) {
        ObjectNode metadata = JSON.createObjectNode();
        metadata.put("id", tableId);
        metadata.putObject("format").put("provider", "parquet").putObject("options");
        metadata.put("schemaString", columns.json(mapped).toString());
        var names = metadata.putArray("partitionColumns");
        partitions.forEach(names::add);
        ObjectNode configuration = metadata.putObject("configuration");
        configuration.put("delta.enableChangeDataFeed", "true");
        configuration.put("delta.enableDeletionVectors", "true");
        if (mapped) {
            configuration.put("delta.columnMapping.mode", "name");
            configuration.put("delta.columnMapping.maxColumnId", String.valueOf(maxId));
        }
        metadata.put("createdTime", TIME);
        return action("metaData", metadata);
    }

    /** The rows in up to three files of each partition. */
    List<LiveFile> write(Struct columns, List<Map<String, Object>> rows) {
        List<LiveFile> files = new ArrayList<>();
        byPartition(columns, rows)
                .forEach(
                        (partition, all) -> {
                            int count = Math.min(all.size(), 1 + random.nextInt(3));
                            for (int i = 0; i < count; i++) {
                                int from = all.size() * i / count;
                                files.add(
                                        write(
                                                columns,
                                                partition,
                                                all.subList(from, all.size() * (i + 1) / count)));
                            }
                        });
        return files;
    }

    private LiveFile write(
            Struct columns, Map<String, String> partition, List<Map<String, Object>> rows) {
        String path = (random.nextBoolean() ? "" : "a%20b/") + UUID.randomUUID() + ".parquet";
        long size = store(path.replace("%20", " "), stored(columns), rows);
        return new LiveFile(
                path,
                partition,
                size,
                columns,
                List.copyOf(rows),
                new RowPositions(),
                Optional.empty());
    }

    /** Change files; their cdc actions. */
    List<ObjectNode> changes(Struct columns, List<Change> changes) {
        Field type =
                new Field("_change_type", "_change_type", 0, new Primitive(ModelPrimitive.STRING));
        List<Field> stored = new ArrayList<>(stored(columns));
        stored.add(type);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Change change : changes) {
            Map<String, Object> row = new LinkedHashMap<>(change.row());
            row.put(type.name(), change.type());
            rows.add(row);
        }
        Collections.shuffle(rows, random);
        List<ObjectNode> actions = new ArrayList<>();
        byPartition(columns, rows)
                .forEach(
                        (partition, all) -> {
                            String path = "_change_data/cdc-" + UUID.randomUUID() + ".parquet";
                            ObjectNode body = JSON.createObjectNode().put("path", path);
                            putPartition(body, partition);
                            body.put("size", store(path, stored, all)).put("dataChange", false);
                            actions.add(action("cdc", body));
                        });
        return actions;
    }

    private List<Field> stored(Struct columns) {
        return columns.fields().stream().filter(f -> !partitions.contains(f.name())).toList();
    }

    private long store(String path, List<Field> stored, List<Map<String, Object>> rows) {
        return ModelParquet.write(location.resolve(path), stored, rows, random);
    }

    private Map<Map<String, String>, List<Map<String, Object>>> byPartition(
            Struct columns, List<Map<String, Object>> rows) {
        Map<Map<String, String>, List<Map<String, Object>>> parts = new LinkedHashMap<>();
        for (Map<String, Object> row : rows) {
            Map<String, String> partition = new LinkedHashMap<>();
            for (Field field : columns.fields()) {
                if (partitions.contains(field.name())) {
                    Object value = row.get(field.name());
                    ModelPrimitive kind = ((Primitive) field.type()).kind();
                    partition.put(
                            field.physical(), value == null ? null : kind.partitionText(value));
                }
            }
            parts.computeIfAbsent(partition, k -> new ArrayList<>()).add(row);
        }
        return parts;
    }

    /** The file with these rows deleted by a vector. */
    LiveFile without(LiveFile file, List<Map<String, Object>> gone) {
        Set<Map<String, Object>> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(gone);
        RowPositions deleted = file.deleted().copy();
        for (int i = 0; i < file.rows().size(); i++) {
            if (set.contains(file.rows().get(i))) {
                deleted.add(i);
            }
        }
        DeletionVector vector =
                DeletionVectors.write(
                                DeltaTable.at(location.toString()), Map.of(file.path(), deleted))
                        .values()
                        .iterator()
                        .next();
        return new LiveFile(
                file.path(),
                file.partition(),
                file.size(),
                file.columns(),
                file.rows(),
                deleted,
                Optional.of(vector));
    }

    ObjectNode add(LiveFile file, boolean dataChange) {
        ObjectNode body = JSON.createObjectNode().put("path", file.path());
        putPartition(body, file.partition());
        body.put("size", file.size()).put("modificationTime", TIME).put("dataChange", dataChange);
        if (random.nextInt(3) > 0 || file.vector().isPresent()) {
            ObjectNode stats =
                    ModelStatistics.of(stored(file.columns()), file.rows(), random.nextBoolean());
            stats.put("tightBounds", file.vector().isEmpty());
            body.put("stats", stats.toString());
        }
        file.vector().ifPresent(vector -> putVector(body, vector));
        return action("add", body);
    }

    ObjectNode remove(LiveFile file, boolean dataChange) {
        ObjectNode body = JSON.createObjectNode().put("path", file.path());
        body.put("deletionTimestamp", TIME).put("dataChange", dataChange);
        if (!partitions.isEmpty() || random.nextBoolean()) {
            body.put("extendedFileMetadata", true).put("size", file.size());
            putPartition(body, file.partition());
        }
        file.vector().ifPresent(vector -> putVector(body, vector));
        return action("remove", body);
    }

    private void putPartition(ObjectNode body, Map<String, String> partition) {
        ObjectNode values = body.putObject("partitionValues");
        partition.forEach(
                (column, value) ->
                        values.put(column, value == null && random.nextBoolean() ? "" : value));
    }

    private static void putVector(ObjectNode body, DeletionVector vector) {
        ObjectNode dv = body.putObject("deletionVector");
        dv.put("storageType", vector.storageType());
        dv.put("pathOrInlineDv", vector.pathOrInlineDv());
        vector.offset().ifPresent(offset -> dv.put("offset", offset));
        dv.put("sizeInBytes", vector.sizeInBytes()).put("cardinality", vector.cardinality());
    }

    private static ObjectNode action(String name, ObjectNode body) {
        ObjectNode line = JSON.createObjectNode();
        line.set(name, body);
        return line;
    }

    void commit(long version, String operation, List<ObjectNode> actions) {
        ObjectNode info = JSON.createObjectNode();
        info.put("timestamp", TIME + version * 1000).put("operation", operation);
        info.putObject("operationParameters");
        List<String> lines = new ArrayList<>(List.of(action("commitInfo", info).toString()));
        actions.forEach(action -> lines.add(action.toString()));
        try {
            Path log = Files.createDirectories(location.resolve("_delta_log"));
            Files.write(log.resolve("%020d.json".formatted(version)), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
