package io.millrace.delta.source;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.kernel.types.StructType;
import io.millrace.delta.table.DeltaTable;
import io.millrace.delta.table.KernelRows;
import io.millrace.delta.types.DeltaTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;

/** A table whose log and files are written by hand: what no writer of ours would write. */
final class HandMadeTable {

    static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private long nextVersion;

    /**
     * @param schema Delta's JSON of the schema
     */
    HandMadeTable(Path folder, String schema, String... partitionColumns) {
        this.folder = folder;
        ObjectNode metadata = JSON.createObjectNode();
        metadata.put("id", "made-by-hand");
        metadata.putObject("format").put("provider", "parquet").putObject("options");
        metadata.put("schemaString", schema);
        Stream.of(partitionColumns).forEach(metadata.putArray("partitionColumns")::add);
        metadata.putObject("configuration").put("delta.enableChangeDataFeed", "true");
        commit(protocol(3, "timestampNtz", "v2Checkpoint"), action("metaData", metadata));
    }

    /** Fields of a schema: names to types, given as JSON. */
    static String schema(Map<String, String> fields) {
        ObjectNode schema = JSON.createObjectNode().put("type", "struct");
        var list = schema.putArray("fields");
        fields.forEach(
                (name, type) -> {
                    ObjectNode field = list.addObject().put("name", name);
                    field.set("type", tree(type));
                    field.put("nullable", true).putObject("metadata");
                });
        return schema.toString();
    }

    private static com.fasterxml.jackson.databind.JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String protocol(int readerVersion, String... features) {
        ObjectNode protocol = JSON.createObjectNode();
        protocol.put("minReaderVersion", readerVersion).put("minWriterVersion", 7);
        Stream.of(features).forEach(protocol.putArray("readerFeatures")::add);
        Stream.concat(Stream.of(features), Stream.of("changeDataFeed"))
                .forEach(protocol.putArray("writerFeatures")::add);
        return action("protocol", protocol);
    }

    static String action(String name, ObjectNode body) {
        ObjectNode line = JSON.createObjectNode();
        line.set(name, body);
        return line.toString();
    }

    /** An add action; {@code partitionValues} may have nulls. */
    static String add(String path, Map<String, String> partitionValues, long size) {
        ObjectNode body = JSON.createObjectNode().put("path", path);
        ObjectNode values = body.putObject("partitionValues");
        partitionValues.forEach(values::put);
        body.put("size", size).put("modificationTime", 1).put("dataChange", true);
        return action("add", body);
    }

    /** A Parquet file, under a path that is not encoded; returns its size. */
    long write(String path, MessageType type, List<Consumer<Group>> rows) {
        Path file = folder.resolve(path);
        SimpleGroupFactory groups = new SimpleGroupFactory(type);
        try {
            Files.createDirectories(file.getParent());
            try (ParquetWriter<Group> writer =
                    ExampleParquetWriter.builder(new LocalOutputFile(file))
                            .withConf(new PlainParquetConfiguration())
                            .withType(type)
                            .build()) {
                for (Consumer<Group> row : rows) {
                    Group group = groups.newGroup();
                    row.accept(group);
                    writer.write(group);
                }
            }
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next version; returns its number. */
    long commit(String... lines) {
        try {
            Files.createDirectories(log());
            Files.write(log().resolve("%020d.json".formatted(nextVersion)), List.of(lines));
            return nextVersion++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path log() {
        return folder.resolve("_delta_log");
    }

    ReadSpec spec(StartingPosition start) {
        StructType schema = DeltaTable.at(folder.toString()).snapshot().metadata().schema();
        return new ReadSpec(
                "odd", folder.toString(), DeltaTypes.toRowType(schema), List.of(), start);
    }

    /** The rows of the newest version, sorted. */
    List<String> rows() throws Exception {
        List<String> rows =
                new ArrayList<>(
                        SourceDrive.snapshot(
                                spec(new StartingPosition.Snapshot()), nextVersion - 1));
        rows.sort(null);
        return rows;
    }

    /** The same from Kernel's own reader. */
    List<String> kernelRows() throws IOException {
        List<String> rows = KernelRows.read(folder, nextVersion - 1);
        rows.sort(null);
        return rows;
    }
}
